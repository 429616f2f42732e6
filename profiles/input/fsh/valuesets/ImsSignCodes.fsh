ValueSet: ImsSignCodes
Id: ims-sign-codes
Title: "Signs of the IMS assessment"
Description: "Kinds of signs observed at a visit."
* ^experimental = false
* $Ims#pain-mechanism
* $Ims#segment-involved
* $Ims#tenderness
* $Ims#multiple-tender-points
* $Ims#paraspinal-tenderness
* $Ims#paraspinal-shortening
* $Ims#trigger-point
* $Ims#taut-band
* $Ims#muscle-shortening
* $Ims#muscle-contracture
* $Ims#hypertonic-muscle
* $Ims#muscle-spasm
* $Ims#muscle-guarding
* $Ims#temp-asymmetry
* $Ims#localized-hair-loss
* $Ims#matchstick-test
* $Ims#skin-roll-test
* $Ims#orange-peel
* $Ims#excess-sweating
* $Ims#goosebumps
* $Ims#brittle-nails
* $Ims#abnormal-skin
* $Ims#reflex
* $Ims#sensation
* $Ims#myotome
* $Ims#root-signs
* $Ims#tendon-tenderness
* $Ims#tendon-thickening
