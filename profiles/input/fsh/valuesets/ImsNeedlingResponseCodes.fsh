ValueSet: ImsNeedlingResponseCodes
Id: ims-needling-response-codes
Title: "Responses to needling"
Description: "What a response to the needling of a site may be."
* ^experimental = false
* $Ims#local-twitch-response
* $Ims#needle-grasp
* $Ims#needling-sensation
* $Ims#pain-reproduced
* $Ims#pain-needling
* $Ims#site-result
* $Ims#muscle-shortening
* $Ims#tenderness
