// Body regions and spinal segments.
RuleSet: RegionCodes
* #head "Head" "From the crown to the jaw and the base of the skull."
* #temple "Temple" "The side of the forehead."
* #face "Face" "Front of the head, from forehead to chin."
* #jaw "Jaw" "Upper and lower jaw with the jaw joint."
* #neck "Neck" "Between head and trunk: front, sides and back."
* #cervical-spine "Cervical spine" "The spine of the neck."
* #cervicothoracic-spine "Cervicothoracic spine" "Where the cervical and thoracic spine meet."
* #thoracic-spine "Thoracic spine" "The spine of the chest."
* #thoracolumbar-spine "Thoracolumbar spine" "Where the thoracic and lumbar spine meet."
* #lumbar-spine "Lumbar spine" "The spine of the lower back."
* #lumbosacral-spine "Lumbosacral spine" "Where lumbar spine and sacrum meet."
* #sacral-spine "Sacral spine" "The sacrum as part of the spine."
* #back "Back" "The back without the neck."
* #lumbar-region "Lower back" "The lumbar region of the back."
* #thorax "Chest" "The chest as a whole."
* #chest-wall "Chest wall" "Ribs and breastbone with the soft tissue over them."
* #shoulder "Shoulder" "The region of the shoulder."
* #upper-arm "Upper arm" "From shoulder to elbow."
* #elbow "Elbow" "Where upper arm and forearm meet."
* #forearm "Forearm" "From elbow to wrist."
* #wrist "Wrist" "The region of the wrist."
* #hand "Hand" "From the wrist to the finger tips."
* #finger "Finger" "One of the digits of the hand, thumb included."
* #upper-limb "Upper limb" "Shoulder, arm and hand."
* #pelvis "Pelvis" "The ring of hip bones and sacrum, with the tissue over it."
* #sacroiliac-joint "Sacroiliac joint" "The joint between sacrum and hip bone."
* #buttock "Buttock" "The rounded part behind the hip, over the gluteal muscles."
* #hip "Hip" "The region of the hip."
* #thigh "Thigh" "From hip to knee."
* #knee "Knee" "The region of the knee."
* #lower-leg "Lower leg" "From knee to ankle."
* #calf "Calf" "The back of the lower leg."
* #ankle "Ankle" "Where lower leg and foot meet."
* #foot "Foot" "From below the ankle to the tips of the toes."
* #toe "Toe" "One of the digits of the foot."
* #lower-limb "Lower limb" "Hip, leg and foot."

RuleSet: SegmentCodes
* insert Segment(c1, C1)
* insert Segment(c2, C2)
* insert Segment(c3, C3)
* insert Segment(c4, C4)
* insert Segment(c5, C5)
* insert Segment(c6, C6)
* insert Segment(c7, C7)
* insert Segment(c8, C8)
* insert Segment(t1, T1)
* insert Segment(t2, T2)
* insert Segment(t3, T3)
* insert Segment(t4, T4)
* insert Segment(t5, T5)
* insert Segment(t6, T6)
* insert Segment(t7, T7)
* insert Segment(t8, T8)
* insert Segment(t9, T9)
* insert Segment(t10, T10)
* insert Segment(t11, T11)
* insert Segment(t12, T12)
* insert Segment(l1, L1)
* insert Segment(l2, L2)
* insert Segment(l3, L3)
* insert Segment(l4, L4)
* insert Segment(l5, L5)
* insert Segment(s1, S1)
* insert Segment(s2, S2)
* insert Segment(s3, S3)
* insert Segment(s4, S4)
* insert Segment(s5, S5)

RuleSet: Segment(code, name)
* #segment-{code} "Spinal segment {name}" "Spinal segment at the level of the nerve root {name}; not the vertebra."
