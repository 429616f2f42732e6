Extension: ClinicTimeZone
Id: clinic-time-zone
Title: "Time zone of the clinic"
Description: "IANA time zone in which the days of the clinic are reckoned."
Context: Organization
* . 0..1
* value[x] 1..1
* value[x] only string
