ValueSet: ImsMovementCodes
Id: ims-movement-codes
Title: "Movement, strength, firing"
Description: "Kinds of tests of movement and strength."
* ^experimental = false
* $Ims#range-of-motion
* $Ims#muscle-strength
* $Ims#muscle-firing
