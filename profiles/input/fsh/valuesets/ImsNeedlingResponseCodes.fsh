ValueSet: ImsNeedlingResponseCodes
Id: ims-needling-response-codes
Title: "Responses to needling"
Description: "Kinds of responses to the needling of a site."
* ^experimental = false
* $Ims#local-twitch-response
* $Ims#needle-grasp
* $Ims#needling-sensation
* $Ims#pain-reproduced
* $Ims#pain-needling
* $Ims#site-result
* $Ims#muscle-shortening
* $Ims#tenderness
