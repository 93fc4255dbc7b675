import type { CallbackProblem, CallbackStep } from '../../../server/cases/citizen-contract.ts'
import type { CaseState } from '../../../server/cases/contract.ts'
import type { Language } from '../../../server/catalogue/contract.ts'
import { createWording } from '../../messages/wording.ts'

/** What a citizen reads about the answer to an opinion; the other languages are typed by the Vietnamese. */
const vi = {
  followUp: {
    keep: 'Xin giữ mã này (chép lại hoặc chụp màn hình) để xem xã trả lời ý kiến của Ông/Bà.',
    due: (day: string) => `Xã trả lời chậm nhất ngày ${day}.`,
    see: 'Xem trả lời',
    call: 'Đề nghị gọi lại, chuyển đến lãnh đạo xã, hoặc báo ngay',
    callIntro: 'Tất cả đều không bắt buộc. Số ghi sau thay số ghi trước.',
    number: 'Số điện thoại',
    consent:
      'Tôi đủ 18 tuổi và đồng ý cho Ủy ban nhân dân xã dùng số điện thoại này chỉ để gọi lại về ý kiến mang mã phiếu này. Số được mã hóa; chỉ người được giao xử lý ý kiến xem được, và số bị xóa khi ý kiến khép lại. Tôi có thể rút lại đồng ý bất cứ lúc nào tại trang xem trả lời (Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15).',
    conduct: 'Ý kiến này nói về thái độ, hành vi của một cán bộ: chuyển thẳng đến lãnh đạo xã.',
    urgent:
      'Báo ngay: người xử lý thấy ý kiến ngay bây giờ, nên người ở quầy có thể đoán ra Ông/Bà. Không chọn thì đến hôm sau mới thấy.',
    send: 'Gửi',
    notForComplaints:
      'Đây không phải nơi nhận khiếu nại, tố cáo. Khiếu nại (Luật Khiếu nại 2011), tố cáo (Luật Tố cáo 2018) xin gửi bộ phận tiếp công dân của UBND xã; phản ánh, kiến nghị cũng gửi được qua Cổng Dịch vụ công quốc gia.',
    outcomes: {
      number: 'Đã ghi số điện thoại. Người được giao xử lý sẽ gọi lại cho Ông/Bà trong giờ làm việc.',
      leaders: 'Ý kiến đã được chuyển thẳng đến lãnh đạo xã.',
      both: 'Đã ghi số điện thoại, và ý kiến đã được chuyển thẳng đến lãnh đạo xã.',
      now: 'Nơi phục vụ đã thấy ý kiến này ngay.',
    } satisfies Record<CallbackStep, string>,
    problems: {
      number: 'Số điện thoại chưa đúng; xin ghi số Việt Nam, ví dụ 0912 345 678.',
      consent: 'Muốn để lại số điện thoại, xin đánh dấu vào ô đồng ý.',
      nothing: 'Xin ghi số điện thoại, hoặc đánh dấu vào ô chuyển đến lãnh đạo xã hay ô báo ngay.',
      closed: 'Ý kiến này đã khép lại nên không nhận thêm. Muốn nói thêm, xin mở phiếu mới.',
    } satisfies Record<CallbackProblem, string>,
  },
  find: {
    title: 'Xem trả lời',
    intro: 'Xin ghi mã phiếu đã hiện ra khi Ông/Bà gửi đánh giá.',
    label: 'Mã phiếu',
    hint: 'Mười chữ và số; viết hoa hay thường, có dấu gạch hay không đều được.',
    submit: 'Xem',
    invalid: 'Mã chưa đúng; xin xem lại từng chữ, từng số rồi ghi lại.',
    another: 'Xem mã khác',
  },
  unknown: {
    title: 'Chưa có ý kiến nào cần trả lời mang mã này',
    text: 'Phiếu không kèm ý kiến vẫn được tính vào kết quả chung, nhưng không có trả lời riêng.',
  },
  reply: {
    states: {
      new: 'Đã nhận',
      assigned: 'Đang xử lý',
      answered: 'Đã trả lời',
      closed: 'Đã khép lại',
    } satisfies Record<CaseState, string>,
    waiting: {
      new: 'Ý kiến đã đến nơi và đang chờ người xử lý.',
      assigned: 'Đã có người được giao xem xét và trả lời.',
    },
    overdue: 'Đã quá ngày hẹn. Xã xin lỗi Ông/Bà; ý kiến vẫn phải được trả lời.',
    closedWithoutReply: 'Ý kiến đã được xem và khép lại, không có trả lời riêng.',
    receipt: 'Mã phiếu',
    sentOn: 'Ngày gửi',
    agency: 'Nơi nhận ý kiến',
    dueOn: 'Trả lời chậm nhất',
    answeredOn: 'Ngày trả lời',
    closedOn: 'Ngày khép lại',
    text: 'Trả lời',
    privacy:
      'Trang này không hiện ý kiến và các câu trả lời của Ông/Bà, để ai nhặt được mã cũng không biết. Ý kiến về thái độ, hành vi của cán bộ do lãnh đạo xã xem, không qua nơi bị phản ánh.',
  },
  data: {
    title: 'Yêu cầu về dữ liệu của tôi',
    intro: 'Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, Ông/Bà có quyền yêu cầu xã:',
    kinds: {
      access:
        'Cho xem lại những gì xã đang giữ theo mã này: nhận tại trụ sở UBND xã khi xuất trình mã phiếu, trong 10 ngày.',
      withdraw: 'Rút lại đồng ý gọi lại và xóa số điện thoại, trong 15 ngày.',
      delete: 'Xóa ý kiến đã viết và số điện thoại, trong 20 ngày.',
    },
    names: {
      access: 'Xem lại dữ liệu',
      correct: 'Sửa dữ liệu',
      withdraw: 'Rút lại đồng ý',
      delete: 'Xóa dữ liệu',
    },
    kept: 'Xã xác nhận trong 2 ngày làm việc. Các mức hài lòng đã chọn không gắn với ai nên vẫn được tính.',
    choose: 'Xin chọn một yêu cầu.',
    send: 'Gửi yêu cầu',
    waiting: (asked: string, due: string) => `gửi ngày ${asked}, làm xong chậm nhất ngày ${due}`,
    done: (asked: string, done: string) => `gửi ngày ${asked}, đã làm xong ngày ${done}`,
  },
}

export type ReceiptWords = typeof vi

const en: ReceiptWords = {
  followUp: {
    keep: 'Please keep this code (write it down or take a screenshot) to read the commune’s reply to you.',
    due: (day) => `The commune replies by ${day} at the latest.`,
    see: 'Read the reply',
    call: 'Call me back, pass this to the commune’s leaders, or report now',
    callIntro: 'None of this is required. A later number replaces an earlier one.',
    number: 'Telephone number',
    consent:
      'I am 18 or over and agree that the commune’s People’s Committee uses this telephone number only to call me back about the opinion with this receipt code. The number is encrypted; only the person who handles the opinion can see it, and it is erased when the opinion is closed. I can withdraw this consent at any time on the page where the reply is read (Law on Personal Data Protection 91/2025/QH15).',
    conduct: 'This is about the manner or conduct of an official: send it straight to the commune’s leaders.',
    urgent:
      'Report now: whoever handles it sees it at once, so the people at the counter may guess that it was you. Otherwise it is seen the next day.',
    send: 'Send',
    notForComplaints:
      'This is not the place for formal complaints or denunciations. Please take complaints (Law on Complaints 2011) and denunciations (Law on Denunciations 2018) to the citizen reception office of the commune’s People’s Committee; feedback can also be sent through the National Public Service Portal.',
    outcomes: {
      number: 'Your number has been noted. The person in charge will call you back during working hours.',
      leaders: 'Your opinion has been sent straight to the commune’s leaders.',
      both: 'Your number has been noted, and your opinion has been sent straight to the commune’s leaders.',
      now: 'Your opinion can be seen at once.',
    },
    problems: {
      number: 'That number does not look right; please enter a Vietnamese number, such as 0912 345 678.',
      consent: 'To leave your number, please tick the box to agree.',
      nothing: 'Please enter a number, or tick the box to send this to the commune’s leaders or to report now.',
      closed: 'This opinion is closed and takes nothing more. To add something, please open a new form.',
    },
  },
  find: {
    title: 'Read the reply',
    intro: 'Please enter the receipt code that was shown when you sent your answers.',
    label: 'Receipt code',
    hint: 'Ten letters and digits; capitals and dashes do not matter.',
    submit: 'Show',
    invalid: 'That code is not right; please check each letter and digit and enter it again.',
    another: 'Look up another code',
  },
  unknown: {
    title: 'There is no opinion awaiting a reply under this code',
    text: 'A form without an opinion is counted in the results, but gets no reply of its own.',
  },
  reply: {
    states: { new: 'Received', assigned: 'Being handled', answered: 'Answered', closed: 'Closed' },
    waiting: {
      new: 'Your opinion has arrived and is waiting for someone to handle it.',
      assigned: 'Somebody has been put in charge of looking into it and replying.',
    },
    overdue: 'The promised day has passed. The commune apologises; your opinion must still be answered.',
    closedWithoutReply: 'Your opinion has been read and closed; there is no separate reply.',
    receipt: 'Receipt code',
    sentOn: 'Sent on',
    agency: 'Received by',
    dueOn: 'Reply by',
    answeredOn: 'Answered on',
    closedOn: 'Closed on',
    text: 'Reply',
    privacy:
      'This page does not show what you wrote or answered, so whoever finds the code learns nothing. Opinions about an official’s conduct are read by the commune’s leaders, not by the office concerned.',
  },
  data: {
    title: 'Requests about my data',
    intro: 'Under the Law on Personal Data Protection 91/2025/QH15 you may ask the commune to:',
    kinds: {
      access:
        'Show me what is kept under this code: at the People’s Committee’s office, with the code, within 10 days.',
      withdraw: 'Take back my consent to be called and erase my number, within 15 days.',
      delete: 'Erase what I wrote and my number, within 20 days.',
    },
    names: {
      access: 'See my data',
      correct: 'Correct my data',
      withdraw: 'Withdraw consent',
      delete: 'Erase my data',
    },
    kept: 'The commune confirms within 2 working days. The ratings you chose are tied to nobody, so they still count.',
    choose: 'Please choose one request.',
    send: 'Send the request',
    waiting: (asked, due) => `sent on ${asked}, to be done by ${due}`,
    done: (asked, done) => `sent on ${asked}, done on ${done}`,
  },
}

// A native speaker must still review these words, like those of km.ts.
const km: ReceiptWords = {
  followUp: {
    keep: 'សូមរក្សាទុកលេខកូដនេះ (សរសេរទុក ឬថតអេក្រង់) ដើម្បីមើលចម្លើយរបស់ឃុំ។',
    due: (day) => `ឃុំនឹងឆ្លើយយ៉ាងយូរនៅថ្ងៃ ${day}។`,
    see: 'មើលចម្លើយ',
    call: 'សូមទូរស័ព្ទមកខ្ញុំវិញ ឬបញ្ជូនទៅថ្នាក់ដឹកនាំឃុំ',
    callIntro: 'មិនបង្ខំទេ។ លេខសរសេរក្រោយជំនួសលេខមុន។',
    number: 'លេខទូរស័ព្ទ',
    consent:
      'ខ្ញុំមានអាយុ 18 ឆ្នាំឡើងទៅ ហើយយល់ព្រមឱ្យគណៈកម្មាធិការប្រជាជនឃុំប្រើលេខទូរស័ព្ទនេះសម្រាប់តែទូរស័ព្ទមកវិញអំពីមតិដែលមានលេខកូដសន្លឹកនេះប៉ុណ្ណោះ។ លេខត្រូវបានអ៊ិនគ្រីប មានតែអ្នកដែលទទួលដោះស្រាយមតិនេះប៉ុណ្ណោះអាចមើលឃើញ ហើយលេខត្រូវលុបពេលមតិនេះបិទ។ ខ្ញុំអាចដកការយល់ព្រមវិញបានគ្រប់ពេលនៅទំព័រមើលចម្លើយ (ច្បាប់ការពារទិន្នន័យផ្ទាល់ខ្លួន លេខ 91/2025/QH15)។',
    conduct: 'មតិនេះនិយាយអំពីអាកប្បកិរិយារបស់មន្ត្រីម្នាក់៖ សូមបញ្ជូនត្រង់ទៅថ្នាក់ដឹកនាំឃុំ។',
    urgent: 'ជូនដំណឹងភ្លាម៖ អ្នកទទួលបន្ទុកឃើញមតិឥឡូវនេះ ដូច្នេះអ្នកនៅបញ្ជរអាចទាយបានថាជាលោកអ្នក។ បើមិនជ្រើស ថ្ងៃស្អែកទើបឃើញ។',
    send: 'ផ្ញើ',
    notForComplaints:
      'នេះមិនមែនជាកន្លែងទទួលពាក្យបណ្តឹង ឬបរិហារទេ។ ពាក្យបណ្តឹង (ច្បាប់បណ្តឹង 2011) និងបរិហារ (ច្បាប់បរិហារ 2018) សូមផ្ញើទៅកន្លែងទទួលប្រជាពលរដ្ឋរបស់គណៈកម្មាធិការប្រជាជនឃុំ។ មតិយោបល់ក៏អាចផ្ញើតាម Cổng Dịch vụ công quốc gia បានដែរ។',
    outcomes: {
      number: 'បានកត់លេខទូរស័ព្ទហើយ។ អ្នកទទួលបន្ទុកនឹងទូរស័ព្ទទៅលោកអ្នកក្នុងម៉ោងធ្វើការ។',
      leaders: 'មតិត្រូវបានបញ្ជូនត្រង់ទៅថ្នាក់ដឹកនាំឃុំហើយ។',
      both: 'បានកត់លេខទូរស័ព្ទហើយ ហើយមតិត្រូវបានបញ្ជូនត្រង់ទៅថ្នាក់ដឹកនាំឃុំ។',
      now: 'គេបានឃើញមតិនេះភ្លាមៗហើយ។',
    },
    problems: {
      number: 'លេខទូរស័ព្ទមិនត្រឹមត្រូវទេ។ សូមសរសេរលេខវៀតណាម ឧទាហរណ៍ 0912 345 678។',
      consent: 'បើចង់ទុកលេខ សូមគូសក្នុងប្រអប់យល់ព្រម។',
      nothing: 'សូមសរសេរលេខទូរស័ព្ទ ឬគូសប្រអប់បញ្ជូនទៅថ្នាក់ដឹកនាំឃុំ។',
      closed: 'មតិនេះបានបិទហើយ មិនទទួលបន្ថែមទេ។ បើចង់និយាយបន្ថែម សូមបើកសន្លឹកថ្មី។',
    },
  },
  find: {
    title: 'មើលចម្លើយ',
    intro: 'សូមសរសេរលេខកូដសន្លឹកដែលបង្ហាញពេលលោកអ្នកផ្ញើការវាយតម្លៃ។',
    label: 'លេខកូដសន្លឹក',
    hint: 'អក្សរ និងលេខដប់តួ។ អក្សរធំ អក្សរតូច ឬសញ្ញា - មិនសំខាន់ទេ។',
    submit: 'មើល',
    invalid: 'លេខកូដមិនត្រឹមត្រូវទេ។ សូមពិនិត្យអក្សរ និងលេខម្តងមួយៗ រួចសរសេរម្តងទៀត។',
    another: 'មើលលេខកូដផ្សេង',
  },
  unknown: {
    title: 'មិនទាន់មានមតិដែលត្រូវឆ្លើយតាមលេខកូដនេះទេ',
    text: 'សន្លឹកដែលគ្មានមតិនៅតែត្រូវបានរាប់ក្នុងលទ្ធផលរួម ប៉ុន្តែគ្មានចម្លើយដោយឡែកទេ។',
  },
  reply: {
    states: { new: 'បានទទួល', assigned: 'កំពុងដោះស្រាយ', answered: 'បានឆ្លើយ', closed: 'បានបិទ' },
    waiting: {
      new: 'មតិបានមកដល់ហើយ កំពុងរង់ចាំអ្នកដោះស្រាយ។',
      assigned: 'មានអ្នកទទួលបន្ទុកពិនិត្យ និងឆ្លើយហើយ។',
    },
    overdue: 'ហួសថ្ងៃសន្យាហើយ។ ឃុំសូមអភ័យទោស មតិនេះនៅតែត្រូវឆ្លើយ។',
    closedWithoutReply: 'មតិត្រូវបានមើល និងបិទហើយ គ្មានចម្លើយដោយឡែកទេ។',
    receipt: 'លេខកូដសន្លឹក',
    sentOn: 'ថ្ងៃផ្ញើ',
    agency: 'កន្លែងទទួលមតិ',
    dueOn: 'ឆ្លើយយ៉ាងយូរ',
    answeredOn: 'ថ្ងៃឆ្លើយ',
    closedOn: 'ថ្ងៃបិទ',
    text: 'ចម្លើយ',
    privacy:
      'ទំព័រនេះមិនបង្ហាញអ្វីដែលលោកអ្នកបានសរសេរ ឬឆ្លើយទេ ដូច្នេះអ្នកដែលរើសបានលេខកូដក៏មិនដឹងដែរ។ មតិអំពីអាកប្បកិរិយារបស់មន្ត្រី ថ្នាក់ដឹកនាំឃុំជាអ្នកមើល មិនឆ្លងកាត់កន្លែងដែលត្រូវគេនិយាយនោះទេ។',
  },
  data: {
    title: 'សំណើអំពីទិន្នន័យរបស់ខ្ញុំ',
    intro: 'តាមច្បាប់ការពារទិន្នន័យផ្ទាល់ខ្លួន លេខ 91/2025/QH15 លោកអ្នកមានសិទ្ធិស្នើឱ្យឃុំ៖',
    kinds: {
      access: 'ឱ្យមើលអ្វីដែលឃុំរក្សាទុកតាមលេខកូដនេះ៖ ទទួលនៅគណៈកម្មាធិការប្រជាជនឃុំពេលបង្ហាញលេខកូដ ក្នុង 10 ថ្ងៃ។',
      withdraw: 'ដកការយល់ព្រមទូរស័ព្ទវិញ និងលុបលេខទូរស័ព្ទ ក្នុង 15 ថ្ងៃ។',
      delete: 'លុបមតិដែលបានសរសេរ និងលេខទូរស័ព្ទ ក្នុង 20 ថ្ងៃ។',
    },
    names: {
      access: 'មើលទិន្នន័យ',
      correct: 'កែទិន្នន័យ',
      withdraw: 'ដកការយល់ព្រម',
      delete: 'លុបទិន្នន័យ',
    },
    kept: 'ឃុំបញ្ជាក់ក្នុង 2 ថ្ងៃធ្វើការ។ កម្រិតពេញចិត្តដែលបានជ្រើសមិនជាប់នឹងអ្នកណាទេ ដូច្នេះនៅតែត្រូវបានរាប់។',
    choose: 'សូមជ្រើសសំណើមួយ។',
    send: 'ផ្ញើសំណើ',
    waiting: (asked, due) => `ផ្ញើថ្ងៃ ${asked} ធ្វើរួចយ៉ាងយូរថ្ងៃ ${due}`,
    done: (asked, done) => `ផ្ញើថ្ងៃ ${asked} ធ្វើរួចថ្ងៃ ${done}`,
  },
}

export const receiptWording = createWording<ReceiptWords>({ vi, en, km })

export const receiptWordsIn = (language: Language): ReceiptWords => receiptWording.words[language]
