ValueSet: ImsMovementCodes
Id: ims-movement-codes
Title: "Movement, strength, firing"
Description: "What a test of movement or strength may be about."
* ^experimental = false
* $Ims#range-of-motion
* $Ims#muscle-strength
* $Ims#muscle-firing
