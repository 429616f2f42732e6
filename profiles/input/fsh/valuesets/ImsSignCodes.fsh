ValueSet: ImsSignCodes
Id: ims-sign-codes
Title: "Signs of the IMS assessment"
Description: "What a sign observed at a visit may be."
* ^experimental = false
* $Ims#pain-mechanism
* $Ims#segment-involved
* $Ims#tenderness
* $Ims#taut-band
* $Ims#muscle-shortening
