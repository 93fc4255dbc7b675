import { createWording } from '../messages/wording.ts'

type PaperWords = {
  title: string
  formNumber: string
  stratum: string
  how: string
  intro: string[]
  criterion: string
  assisted: string
  self: string
  helped: string
  comment: string
  percent: string
  thanks: string
  unreviewed: string
}

/** The Khmer is a draft: a native speaker must read it before printing. */
export const paperWording = createWording<PaperWords>({
  vi: {
    title: 'PHIẾU LẤY Ý KIẾN',
    formNumber: 'Số phiếu',
    stratum: 'Ấp, trường, dịch vụ',
    how: 'Mỗi câu xin khoanh tròn một số. Câu nào không muốn trả lời thì bỏ trống.',
    intro: [
      'Xã muốn biết Ông/Bà hài lòng đến mức nào để sửa cách phục vụ.',
      'Phiếu ẩn danh, dành cho người từ 18 tuổi: xin không ghi tên, số điện thoại. Trả lời hay không là tùy Ông/Bà.',
      'Phiếu này không phải nơi nhận khiếu nại, tố cáo.',
    ],
    criterion: 'Ông/Bà hài lòng thế nào về…',
    assisted: 'Ông/Bà tự trả lời hay có người giúp?',
    self: 'Tôi tự trả lời',
    helped: 'Có người giúp tôi đọc hoặc ghi',
    comment: 'Ông/Bà muốn nói thêm điều gì? (không cần ghi tên)',
    percent: 'Ghi một số, ví dụ 80',
    thanks: 'Xin cảm ơn Ông/Bà.',
    unreviewed: '',
  },
  en: {
    title: 'YOUR OPINION, PLEASE',
    formNumber: 'Form number',
    stratum: 'Village, school, service',
    how: 'Please circle one number for each question. Leave out any question you do not wish to answer.',
    intro: [
      'The commune wishes to know how satisfied you are, to improve its service.',
      'This form is anonymous and for people aged 18 or over: please write no name or phone number. Answering is up to you.',
      'It is not the way to file a complaint or a denunciation.',
    ],
    criterion: 'How satisfied are you with…',
    assisted: 'Did you answer by yourself, or did somebody help?',
    self: 'By myself',
    helped: 'Somebody read or wrote for me',
    comment: 'Anything you would like to add? (no name needed)',
    percent: 'Write a number, for example 80',
    thanks: 'Thank you.',
    unreviewed: 'This translation has not been reviewed yet.',
  },
  km: {
    title: 'សន្លឹកសុំមតិ',
    formNumber: 'លេខសន្លឹក',
    stratum: 'ភូមិ សាលា សេវា',
    how: 'សំណួរនីមួយៗ សូមគូសរង្វង់លេខមួយ។ សំណួរណាមិនចង់ឆ្លើយ អាចទុកទទេបាន។',
    intro: [
      'ឃុំចង់ដឹងថាលោកអ្នកពេញចិត្តកម្រិតណា ដើម្បីកែលម្អការបម្រើ។',
      'សន្លឹកនេះអនាមិក សម្រាប់អ្នកអាយុចាប់ពី 18 ឆ្នាំ៖ សូមកុំសរសេរឈ្មោះ ឬលេខទូរស័ព្ទ។',
      'នេះមិនមែនជាកន្លែងទទួលពាក្យបណ្តឹង ឬបរិហារទេ។',
    ],
    criterion: 'តើលោកអ្នកពេញចិត្តកម្រិតណាចំពោះ…',
    assisted: 'តើលោកអ្នកឆ្លើយដោយខ្លួនឯង ឬមានគេជួយ?',
    self: 'ខ្ញុំឆ្លើយដោយខ្លួនឯង',
    helped: 'មានគេជួយអាន ឬសរសេរឱ្យខ្ញុំ',
    comment: 'តើលោកអ្នកចង់និយាយអ្វីបន្ថែមទេ? (មិនបាច់សរសេរឈ្មោះ)',
    percent: 'សូមសរសេរលេខមួយ ឧទាហរណ៍ 80',
    thanks: 'សូមអរគុណលោកអ្នក។',
    unreviewed: 'ការបកប្រែនេះមិនទាន់បានត្រួតពិនិត្យទេ',
  },
})

/** What the paper form says around the questions. */
export const paperWords = paperWording.words

/** For who asks and writes down; in Vietnamese, the language of the instructions they are given. */
export const interviewerWords = [
  'Tự giới thiệu, nói rõ phiếu ẩn danh và được quyền từ chối; chỉ hỏi người từ 18 tuổi.',
  'Đọc nguyên văn từng câu và năm mức trả lời, không giải thích thêm, không gợi ý, không tỏ ý khen chê.',
  'Hỏi riêng từng người, không để cán bộ được đánh giá đứng cạnh. Khoanh đúng số người trả lời chọn.',
  'Bỏ trống câu người trả lời không muốn trả lời. Ghi số phiếu và địa bàn trước khi rời đi.',
]
