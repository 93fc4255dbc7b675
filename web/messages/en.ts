import type { Messages } from './vi.ts'

export const en: Messages = {
  page: {
    language: 'Language',
    largeText: 'Large letters',
    usualText: 'Usual letters',
    unreviewed: 'This translation has not been reviewed yet',
    sample: 'Sample data',
    title: (place) => `Rate: ${place}`,
    titleWithProblems: (title) => `Please check: ${title}`,
    product: 'Ý Dân',
    productIs: 'What people think of the commune’s services',
  },
  survey: {
    intro: 'About half a minute; we do not ask your name.',
    introAll: 'Choose one face for each; skip any you would rather not answer.',
    stem: 'How happy are you with:',
    question: (number, total) => `Question ${number} of ${total}`,
    // Short words, because five of them stand side by side on a 320 px screen at 18 px.
    faces: ['Not happy at all', 'Not happy', 'OK', 'Happy', 'Very happy'],
    noOpinion: 'Did not use / no opinion',
    percents: [
      '20\u00a0%: very little',
      '40\u00a0%: less than half',
      '60\u00a0%: more than half',
      '80\u00a0%: nearly all',
      '100\u00a0%: as expected',
      '120\u00a0%: more than expected',
    ],
    optional: 'Optional',
    field: 'What did you come for?',
    chooseField: 'Choose a field',
    serviceMode: 'How did you apply?',
    direct: 'At the counter',
    online: 'Online',
    respondent: 'Who did you come for?',
    citizen: 'Yourself or family',
    enterprise: 'A business or organisation',
    assisted: 'Did you answer by yourself, or did somebody help?',
    self: 'I answered by myself',
    helped: 'Somebody pressed or read for me',
    comment: 'Is there anything you would like to add?',
    commentAfterLow: 'What were you not happy with? Tell us, so that we can put it right.',
    commentHint: 'No need to give your name or phone number.',
    urgent: 'Report now.',
    urgentMeans: 'The office sees this at once, so they may guess it was you; otherwise they see it the next day.',
    leaveEmpty: 'Please leave this box empty',
    send: 'Send my answers',
    privacy:
      'This form is anonymous and for people aged 18 or over: it asks for no name and keeps no phone number or network address; answers are used only to score and improve the service, and the people who served you cannot see who answered.',
    notForComplaints:
      'A random code helps us notice repeated forms and is forgotten after two days. This is not the place for formal complaints or denunciations.',
    turnSecond:
      'This phone has already sent a form here within the last hour. A second one counts only if somebody else in your household answers; otherwise it is kept but set aside and not counted in the score.',
    household: 'Somebody else in the household is answering',
    turnFurther:
      'This phone has already sent two people’s forms here within the last hour. Another one is kept, but set aside and not counted in the score.',
    problems: 'Your form has not been sent. Please check:',
    found: {
      unanswered: 'Please answer at least one question.',
      changed: 'The questions have changed; please open the page again and answer once more.',
      other: 'Something here is not right; please look at it again.',
    },
  },
  script: {
    read: 'Read this question aloud',
    back: 'Back',
    skip: 'Skip',
    next: 'Continue',
    sending: 'Sending…',
    needAnswer: 'Please choose at least one face, then send.',
    heldOffline: 'No connection yet',
    heldBusy: 'The server is busy',
    held: 'Your form is kept on this device and will be sent by itself when there is a connection. If you close the page, it will go when you next open one of the commune’s survey pages.',
    heldBusyText:
      'Your form is kept on this device and will be sent again by itself. If you close the page, it will go when you next open one of the commune’s survey pages.',
    unsaved:
      'Your form has not been sent, and this device cannot keep it. Please leave this page open: it will be sent as soon as possible.',
    retry: 'Send again now',
    sent: 'Sent',
    sentText: 'Your form has been recorded. Your receipt code:',
    refused: 'Your form was not accepted',
    used: 'This form has already been sent',
    usedText: 'To answer again, please open a new form when you have a connection.',
    fresh: 'Open a new form',
  },
  outbox: {
    sent: 'Your waiting form has been sent: {}.',
    waiting: 'A form is still waiting: {}. It will be sent by itself when there is a connection.',
    refused: 'Your waiting form was not accepted: {}.',
    left: 'This part was not accepted and was left out:',
    seen: 'I have read this, remove the form',
  },
  kiosk: {
    privacy: 'Only you can see your answers. Once sent, the screen is cleared for the next person.',
    unenrolled:
      'This tablet is not enrolled: its answers carry no proof, and only one an hour counts. Please ask the administrator to enrol it on the page of this place.',
    keep: 'The screen returns to the start in a few seconds; touch it to keep the code longer.',
    next: 'Next person',
    takeAlong: 'Scan with your own phone to take the code along: read the reply, ask to be called back.',
    script: {
      held: 'Thank you, your form is kept',
      heldText:
        'There is no connection, so there is no receipt code yet. The form is kept on this tablet, goes by itself when the connection is back, and still counts.',
      queue: 'No connection: {} forms are waiting to be sent.',
    },
  },
  thanks: {
    title: 'Thank you',
    recorded: 'Your answers have been recorded.',
    aside:
      'This form is set aside and not yet counted in the score, because this phone sent a form here within the last hour. Somebody reviews the forms that are set aside.',
    replayTitle: 'This form had already been sent',
    replay:
      'Your first answers stand, and nothing was added this time. To answer about another visit, please open a new form.',
    receipt: 'Receipt code',
    receiptUse: 'This code shows that the form was recorded. It is not tied to anyone’s name or phone number.',
    next: 'Your form is read together with everyone else’s, so that the commune sees what works and what must be put right.',
    fresh: 'Open a new form for this place',
    elsewhere: 'To rate another place, please scan the QR code displayed there.',
    method: 'How the satisfaction figure is made (in Vietnamese)',
  },
  message: {
    requestId: 'Request code',
    'unknown-place': {
      title: 'We cannot find this place',
      text: 'Please scan the QR code again, or retype the code printed below it.',
    },
    'closed-place': {
      title: 'This place no longer takes answers',
      text: 'Please ask the staff for the QR code now in use, and scan that one.',
    },
    'revoked-code': {
      title: 'This code has been withdrawn',
      text: 'Please ask at the counter for the QR code now in use, and scan that one.',
    },
    unavailable: {
      title: 'The server is busy',
      text: 'That could not be done just now. Please wait a few minutes and reload this page; a form sent again is still counted once.',
    },
    refused: {
      title: 'Your form was not accepted',
      text: 'Please scan the QR code again to open a new form, and answer once more.',
    },
    'not-found': {
      title: 'There is no such page',
      text: 'Please check the address, or scan the QR code at the place you want to rate.',
    },
    fault: {
      title: 'Something went wrong on our side',
      text: 'Please wait a moment and reload the page; a form sent again is still counted once.',
    },
  },
}
