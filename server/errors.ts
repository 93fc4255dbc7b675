/** Every refusal a person or a program can meet: its HTTP status and one sentence that says what to do next. */
const refusals = {
  not_json: [400, 'Nội dung gửi lên không phải JSON hợp lệ; xin kiểm tra rồi gửi lại.'],
  bad_request: [400, 'Yêu cầu không đọc được; xin kiểm tra địa chỉ và nội dung rồi gửi lại.'],
  bad_address: [400, 'Địa chỉ này viết không đúng; xin kiểm tra lại, hoặc mở từ trang đầu.'],
  sign_in_first: [401, 'Xin đăng nhập, hoặc gửi kèm khóa API đúng, rồi thử lại.'],
  wrong_password: [401, 'Tên đăng nhập hoặc mật khẩu chưa đúng; xin thử lại.'],
  wrong_code: [401, 'Mã xác thực chưa đúng hoặc đã dùng rồi; xin nhập mã đang hiện trong ứng dụng.'],
  foreign_form: [
    403,
    'Biểu mẫu này không đến từ trang Ý Dân; xin mở lại trang rồi gửi từ đó. Nếu vẫn vậy, xin báo người quản trị xem mục HTTPS trong README.',
  ],
  insecure_address: [403, 'Địa chỉ này không được mã hóa; xin mở địa chỉ https của Ý Dân rồi làm tiếp ở đó.'],
  not_allowed: [403, 'Tài khoản này không được làm việc đó; xin hỏi người quản trị.'],
  account_disabled: [403, 'Tài khoản này đã ngừng dùng; xin hỏi người quản trị.'],
  not_found: [404, 'Không có trang này; xin kiểm tra lại địa chỉ.'],
  unknown_place: [404, 'Không có nơi phục vụ nào mang mã này; xin xem lại mã in dưới hình QR.'],
  changed_meanwhile: [409, 'Việc này vừa được người khác thay đổi; xin mở lại trang để xem rồi làm tiếp.'],
  place_closed: [410, 'Nơi phục vụ này đã ngừng nhận đánh giá; xin dùng mã QR đang treo tại quầy.'],
  code_revoked: [410, 'Mã này đã được thu hồi; xin hỏi tại quầy mã QR đang dùng rồi quét mã đó.'],
  report_kept: [409, 'Báo cáo đã duyệt thì giữ nguyên từng chữ; muốn sửa, xin mở lại báo cáo và lập bản đính chính.'],
  last_administrator: [
    409,
    'Đây là người quản trị cuối cùng đang dùng được; xin trao vai trò này cho người khác trước.',
  ],
  link_used: [410, 'Liên kết này đã dùng hoặc đã hết hạn; xin nhờ người quản trị gửi liên kết mới.'],
  too_slow: [408, 'Yêu cầu đến quá chậm nên máy chủ đã thôi chờ; xin thử lại.'],
  too_large: [413, 'Nội dung gửi lên quá dài (tối đa 32 KB); xin rút ngắn rồi gửi lại.'],
  wrong_media: [415, 'Xin gửi biểu mẫu của trang này, hoặc JSON với content-type application/json.'],
  refused: [422, 'Phiếu có chỗ chưa đúng nên chưa được ghi; xin xem các mục được nêu rồi gửi lại.'],
  too_long: [431, 'Địa chỉ hoặc phần đầu của yêu cầu dài quá 16 KB; xin mở lại từ trang đầu hoặc mã QR.'],
  too_often: [429, 'Đăng nhập sai nhiều lần; xin chờ nửa phút rồi thử lại.'],
  fault: [500, 'Máy chủ gặp lỗi; xin thử lại, nếu vẫn lỗi thì báo người quản trị kèm mã yêu cầu.'],
  exports_busy: [503, 'Đang có hai tệp dữ liệu được tải cùng lúc; xin chờ một phút rồi bấm tải lại.'],
  unavailable: [503, 'Máy chủ tạm thời chưa ghi được; xin gửi lại sau ít phút.'],
} as const satisfies Record<string, readonly [number, string]>

export type RefusalCode = keyof typeof refusals

export class PublicError extends Error {
  readonly code: RefusalCode
  readonly status: number
  /** Which parts were refused, for 422. */
  readonly problems: { path: string; message: string }[] | undefined

  constructor(code: RefusalCode, problems?: { path: string; message: string }[], cause?: unknown) {
    super(refusals[code][1], { cause })
    this.code = code
    this.status = refusals[code][0]
    this.problems = problems
  }
}
