/**
 * One word for one thing, in whatever people read: pages, errors, headers of exports, reports, README and METHOD.md.
 * tests/messages/terms.test.ts reads them all and refuses the words under `not`.
 */
export type Term = {
  /** What is meant, in the nouns of the code. */
  thing: string
  vi: string
  en?: string
  /** Draft, like every Khmer word here. */
  km?: string
  /** Words that do not stand for it. `{}` is a value put into a sentence; white space is one blank. */
  not: RegExp
  /** Where such a word is somebody else's wording, or means something else. */
  except?: { phrase: RegExp; why: string }[]
}

export const terms: Term[] = [
  {
    // "Cơ quan" leaves out the health station and the schools, which are đơn vị sự nghiệp; "đơn vị" is all of them.
    thing: 'agency: a body of the commune that citizens rate or that owns an indicator',
    vi: 'đơn vị',
    en: 'agency',
    km: 'អង្គភាព',
    not: /(?<!\p{L})cơ quan(?!\p{L})|ស្ថាប័ន|\b(bureaus?|departments?)\b/iu,
    except: [
      {
        phrase: /cơ quan (hành chính|nhà nước|HCNN)|ស្ថាប័នរដ្ឋ/iu,
        why: 'the organs of the State, as SIPAS and laws say',
      },
    ],
  },
  {
    // Not "điểm phục vụ": "điểm" is the score, and "điểm của từng điểm phục vụ" has to be read twice.
    thing: 'place: a counter, consulting room or school with a code of its own',
    vi: 'nơi phục vụ',
    en: 'place',
    km: 'កន្លែង',
    not: /điểm (phục vụ|giao dịch|tiếp nhận|này|đang mở|đã đóng|đã chọn|mới|y tế|tiêm|nào|làm|nhận)(?!\p{L})|(?<!\p{L})(thêm|lập|mở|đóng|chuyển|tại|in|ở|chính|mọi|nhiều|cùng) điểm(?!\p{L})|\bservice points?\b/iu,
    except: [{ phrase: /điểm tiêm/iu, why: 'the vaccination post of the ministry’s form 3' }],
  },
  {
    thing: 'score: the share of ratings at the two upper levels',
    vi: 'điểm',
    en: 'score',
    km: 'ពិន្ទុ',
    not: /(?<!\p{L})(điểm số|số điểm)(?!\p{L})/iu,
  },
  {
    // A bare number before "điểm" would count places to one reader and percentages to the next; a column of a table has "điểm %".
    thing: 'difference of two scores',
    vi: 'điểm phần trăm',
    not: /(\d|\{\}|vài|mấy) điểm(?! phần trăm| %)/u,
  },
  {
    thing: 'closed: all answers of a day, week, month or period are in; a case takes no more',
    vi: 'khép',
    en: 'closed',
    not: /(?<!\p{L})(chốt|kết sổ)(?!\p{L})|(?<!\p{L})(ngày|tuần|tháng|quý|kỳ) (đã|vừa|chưa) (đóng|kết thúc|qua|xong|hết)(?!\p{L})/iu,
  },
  {
    thing: 'poster: the printed sheet with the code',
    vi: 'tờ dán',
    not: /(?<!\p{L})(tờ (mã|QR|in)|áp phích)(?!\p{L})/iu,
  },
  {
    thing: 'whoever is addressed, citizen or staff',
    vi: 'Ông/Bà',
    en: 'you',
    km: 'លោកអ្នក',
    not: /(?<!\p{L})([Qq]uý (vị|khách)|[Bb]ạn|[Aa]nh\/[Cc]hị|[Ôô]ng bà|[Bb]à con|ông\/bà|ÔNG\/BÀ)(?!\p{L})|លោកស្រី/u,
    except: [
      { phrase: /với bạn bè|Tình bạn|bị bạn chọc/u, why: 'schoolmates' },
      { phrase: /để bà con bớt/u, why: 'villagers, spoken of and not to, in a reply of the sample year' },
    ],
  },
  {
    thing: 'channel: QR code, screen, link, one-time ticket, paper, interview',
    vi: 'cách trả lời',
    not: /(?<!\p{L})kênh(?!\p{L})/iu,
  },
  {
    thing: 'indicator of the plan, and the percentage it asks for',
    vi: 'chỉ tiêu',
    not: /(?<!\p{L})mục tiêu(?!\p{L})/iu,
    except: [{ phrase: /so với mục tiêu đề ra/u, why: 'what a policy set itself, in the household form' }],
  },
  {
    thing: 'response',
    vi: 'phiếu',
    en: 'form',
    km: 'សន្លឹក',
    not: /(?<!\p{L})(bản|lượt) trả lời(?!\p{L})|\bballots?\b/iu,
  },
  {
    thing: 'questionnaire',
    vi: 'bộ câu hỏi',
    en: 'questionnaire',
    not: /(?<!\p{L})bảng (câu )?hỏi(?!\p{L})/iu,
  },
  {
    thing: 'receipt code of a response',
    vi: 'mã phiếu',
    not: /(?<!\p{L})mã (biên nhận|tra cứu|số phiếu)(?!\p{L})/iu,
  },
  {
    thing: 'interviewer',
    vi: 'điều tra viên',
    not: /(?<!\p{L})(người phỏng vấn|phỏng vấn viên|người điều tra)(?!\p{L})/iu,
  },
  {
    thing: 'administrator',
    vi: 'người quản trị',
    not: /(?<!\p{L})(quản trị viên|quản lý hệ thống)(?!\p{L})/iu,
  },
  {
    thing: 'wave: a survey with a plan, a beginning and an end',
    vi: 'đợt khảo sát',
    not: /(?<!\p{L})(vòng|cuộc|kỳ) khảo sát(?!\p{L})/iu,
  },
]
