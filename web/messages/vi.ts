/** Every word a citizen reads, in Vietnamese; the other languages are typed by it. */
export const vi = {
  page: {
    language: 'Ngôn ngữ',
    largeText: 'Chữ to',
    usualText: 'Chữ thường',
    unreviewed: 'Bản dịch chưa được duyệt',
    sample: 'DỮ LIỆU MẪU',
    title: (place: string) => `Đánh giá: ${place}`,
    titleWithProblems: (title: string) => `Cần xem lại: ${title}`,
    product: 'Ý Dân',
    productIs: 'Ý kiến người dân về sự phục vụ của xã',
  },
  survey: {
    intro: 'Chừng nửa phút, không hỏi tên.',
    /** Said only where all questions stand below one another; otherwise a button says it. */
    introAll: 'Mỗi câu xin chọn một gương mặt; câu nào không muốn trả lời thì bỏ qua.',
    /** Stands above each criterion, which is a noun. */
    stem: 'Ông/Bà hài lòng thế nào về:',
    question: (number: number, total: number) => `Câu ${number} trên ${total}`,
    faces: ['Rất không hài lòng', 'Không hài lòng', 'Bình thường', 'Hài lòng', 'Rất hài lòng'],
    noOpinion: 'Không dùng / không có ý kiến',
    /** How much of what was hoped for, one for each of percentSteps. */
    percents: [
      '20\u00a0%: rất ít',
      '40\u00a0%: chưa được nửa',
      '60\u00a0%: hơn nửa',
      '80\u00a0%: gần đủ',
      '100\u00a0%: đúng như mong',
      '120\u00a0%: hơn mong đợi',
    ],
    /** Stands above each question that is not rated. */
    optional: 'Không bắt buộc',
    field: 'Ông/Bà đến làm việc gì?',
    chooseField: 'Chọn lĩnh vực',
    serviceMode: 'Ông/Bà nộp hồ sơ bằng cách nào?',
    direct: 'Tại quầy',
    online: 'Qua mạng',
    respondent: 'Ông/Bà làm việc này cho ai?',
    citizen: 'Bản thân, gia đình',
    enterprise: 'Doanh nghiệp, tổ chức',
    assisted: 'Ông/Bà tự trả lời hay có người giúp?',
    self: 'Tôi tự trả lời',
    helped: 'Có người giúp tôi bấm hoặc đọc',
    comment: 'Ông/Bà muốn nói thêm điều gì?',
    commentAfterLow: 'Ông/Bà chưa hài lòng điều gì? Xin cho biết để chúng tôi sửa.',
    commentHint: 'Không cần ghi tên hay số điện thoại.',
    urgent: 'Báo ngay.',
    /** What choosing it means. */
    urgentMeans: 'Nơi phục vụ thấy ý kiến ngay bây giờ nên có thể đoán ra Ông/Bà; không chọn thì hôm sau mới thấy.',
    leaveEmpty: 'Xin để trống ô này',
    send: 'Gửi đánh giá',
    privacy:
      'Phiếu ẩn danh, dành cho người từ 18 tuổi: không hỏi tên, không lưu số điện thoại hay địa chỉ mạng; câu trả lời chỉ dùng để chấm và sửa cách phục vụ, người phục vụ không xem được ai đã trả lời.',
    notForComplaints:
      'Một mã ngẫu nhiên giúp nhận ra phiếu gửi lặp và được quên sau hai ngày. Đây không phải nơi nhận khiếu nại, tố cáo.',
    turnSecond:
      'Điện thoại này đã gửi phiếu ở đây trong giờ qua. Phiếu thứ hai chỉ được tính nếu người khác trong nhà trả lời; không thì phiếu vẫn được giữ, nhưng để riêng, không tính vào điểm.',
    household: 'Người khác trong nhà trả lời',
    turnFurther:
      'Điện thoại này đã gửi phiếu của hai người ở đây trong giờ qua. Phiếu nữa vẫn được giữ, nhưng để riêng, không tính vào điểm.',
    problems: 'Phiếu chưa gửi được. Xin xem lại:',
    /** What the server finds wrong, for the languages it does not speak itself. */
    found: {
      unanswered: 'Xin trả lời ít nhất một câu.',
      changed: 'Bộ câu hỏi đã thay đổi; xin mở lại trang và trả lời lại.',
      other: 'Chỗ này chưa đúng; xin xem lại.',
    },
  },
  /** What the script on the page says; {} is where a value goes. */
  script: {
    read: 'Nghe đọc câu này',
    back: 'Quay lại',
    skip: 'Bỏ qua',
    next: 'Tiếp tục',
    sending: 'Đang gửi…',
    needAnswer: 'Xin chọn ít nhất một gương mặt rồi gửi.',
    heldOffline: 'Chưa có mạng',
    heldBusy: 'Máy chủ đang bận',
    held: 'Phiếu đã được giữ trong máy này và sẽ tự gửi khi có mạng. Nếu đóng trang, phiếu sẽ đi khi Ông/Bà mở lại một trang đánh giá của xã.',
    heldBusyText:
      'Phiếu đã được giữ trong máy này và sẽ tự gửi lại. Nếu đóng trang, phiếu sẽ đi khi Ông/Bà mở lại một trang đánh giá của xã.',
    unsaved: 'Phiếu chưa gửi được, và máy này không giữ phiếu được. Xin để trang này mở: phiếu sẽ tự gửi khi có thể.',
    retry: 'Gửi lại ngay',
    sent: 'Đã gửi xong',
    sentText: 'Phiếu đã được ghi nhận. Mã phiếu của Ông/Bà:',
    refused: 'Phiếu không được nhận',
    used: 'Phiếu này đã gửi rồi',
    usedText: 'Muốn đánh giá lần nữa, xin mở phiếu mới khi có mạng.',
    fresh: 'Mở phiếu mới',
  },
  outbox: {
    sent: 'Đã gửi phiếu còn chờ: {}.',
    waiting: 'Có phiếu còn chờ gửi: {}. Phiếu sẽ tự gửi khi có mạng.',
    refused: 'Phiếu còn chờ không được nhận: {}.',
    left: 'Có phần không được nhận nên không gửi kèm:',
    seen: 'Tôi đã xem, bỏ phiếu này',
  },
  /** On a shared tablet. */
  kiosk: {
    privacy: 'Câu trả lời chỉ mình Ông/Bà thấy. Gửi xong, màn hình tự xóa cho người sau.',
    unenrolled:
      'Máy này chưa đăng ký nên phiếu không có kiểm chứng, và mỗi giờ chỉ tính một phiếu. Xin nhờ người quản trị đăng ký máy ở trang của nơi này.',
    keep: 'Màn hình tự trở về trang đầu sau ít giây; chạm vào màn hình để giữ mã lâu hơn.',
    next: 'Người tiếp theo',
    takeAlong: 'Quét bằng điện thoại của Ông/Bà để mang mã về: xem trả lời, đề nghị gọi lại.',
    /** Said instead of, or beside, what every page's script says. */
    script: {
      held: 'Cảm ơn Ông/Bà, phiếu đã được giữ',
      heldText: 'Chưa có mạng nên chưa có mã phiếu. Phiếu được giữ trong máy này, tự gửi khi có mạng và vẫn được tính.',
      queue: 'Chưa có mạng: {} phiếu đang chờ gửi.',
    },
  },
  thanks: {
    title: 'Cảm ơn Ông/Bà',
    recorded: 'Phiếu đánh giá đã được ghi nhận.',
    aside:
      'Phiếu này được để riêng, chưa tính vào điểm, vì trong giờ qua điện thoại này đã gửi phiếu ở đây. Có người xem lại các phiếu để riêng.',
    replayTitle: 'Phiếu này đã gửi trước đó',
    replay:
      'Câu trả lời gửi lần đầu được giữ nguyên, lần này không tính thêm. Muốn đánh giá lần khác, xin mở phiếu mới.',
    receipt: 'Mã phiếu',
    receiptUse: 'Mã này cho biết phiếu đã được ghi nhận. Mã không gắn với tên hay số điện thoại của ai.',
    next: 'Phiếu được xem cùng phiếu của những người khác, để xã biết chỗ nào làm tốt, chỗ nào phải sửa.',
    fresh: 'Mở phiếu mới cho nơi này',
    elsewhere: 'Muốn đánh giá nơi khác, xin quét mã QR đặt tại nơi đó.',
    method: 'Mức độ hài lòng được tính thế nào',
  },
  message: {
    requestId: 'Mã yêu cầu',
    'unknown-place': {
      title: 'Không tìm thấy nơi cần đánh giá',
      text: 'Xin quét lại mã QR, hoặc gõ lại đúng mã in dưới hình QR.',
    },
    'closed-place': {
      title: 'Nơi này đã ngừng nhận đánh giá',
      text: 'Xin hỏi người phục vụ mã QR đang dùng, rồi quét mã đó.',
    },
    'revoked-code': {
      title: 'Mã này đã được thu hồi',
      text: 'Xin hỏi tại quầy mã QR đang dùng, rồi quét mã đó.',
    },
    unavailable: {
      title: 'Máy chủ đang bận',
      text: 'Việc vừa rồi chưa làm được. Xin chờ vài phút rồi tải lại trang này; phiếu gửi lại cũng chỉ tính một lần.',
    },
    refused: {
      title: 'Phiếu không được nhận',
      text: 'Xin quét lại mã QR để mở phiếu mới rồi trả lời lại.',
    },
    'not-found': {
      title: 'Không có trang này',
      text: 'Xin kiểm tra lại địa chỉ, hoặc quét mã QR tại nơi cần đánh giá.',
    },
    fault: {
      title: 'Có lỗi từ phía chúng tôi',
      text: 'Xin chờ một lát rồi tải lại trang; phiếu gửi lại cũng chỉ tính một lần.',
    },
  },
}

export type Messages = typeof vi
