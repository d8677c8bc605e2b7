//! Words that are frequent in handouts and tell nothing about exercises: known only to find where words end.

pub const COMMON: &str = "a an as at be by do go he if in is it me my no of on or so to up us we abdominal abdominals \
    able about above across activity adult against age ago allow along also among and another \
    any appropriate are area around away backward backwards ball band based because become bed been \
    before begin behind being belly below beneath bent beside between beyond both bottom bracing bring \
    but button can care cause ceiling chair clamshell clinic close comfortable comfortably control could \
    counter create creating day days decrease direction discomfort distance doctor does doing door \
    doorway down drawing during each easy edge either end enough ensure even every exercise exercises \
    facing far feel feels felt few firm firmly first flat floor follow following for forward forwards \
    free from front full further gentle gently good ground guidelines had half hard has have health help \
    here high hooked how important increase information injury inner inside intensity into its just keep \
    kind large last least leave left length less let letting level like little long loose low lower made \
    make many may mild more most motion mount move movement muscle muscles must near never next normal \
    not note now object off often once one only onto operative opposite other others our out outer \
    outside outward outwards over own pain painful part patient patients per perform performed \
    performing period physical pillow please point position possible post pre pressure program programme \
    prone protocols put quad range rate reach reference repeat repetition repetitions return right \
    rolled rolling routine safe same seat seated second seconds session set sets should side sides \
    sideways shown similar sitting slight slightly slow slowly small some soon standing start starting step \
    still stop straight straightened strap strength strengthening stretched stretching such supine \
    support supported sure surface surgery table take than that the their them then therapist therapy \
    there these they thick this those through tight tightening time times together tolerance tolerated \
    too top toward towards towel try under until upper upward upwards use used using very visit wall was \
    watch website week weeks well were what when where which while wide will with within without work \
    would you your yourself";
