Extension: ClinicTimeZone
Id: clinic-time-zone
Title: "Time zone of the clinic"
Description: "IANA time zone of the dates of the clinic."
Context: Organization
* . 0..1
* value[x] 1..1
* value[x] only string
