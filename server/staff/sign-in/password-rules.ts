/** Fewest characters of a chosen password (NIST SP 800-63B asks for length and a list of bad ones, not for kinds of characters). */
export const shortestPassword = 10

/** What stands first in lists of leaked passwords, and what a commune's office would think of first. */
const common = new Set(
  [
    ...['1234567890', '0123456789', '0987654321', '9876543210', '12345678910', '1234512345', '1122334455'],
    ...['password12', 'password123', 'password1234', 'passw0rd123', 'qwertyuiop', 'qwerty12345', 'qwerty123456'],
    ...[
      '1q2w3e4r5t',
      '1qaz2wsx3edc',
      'abcdefghij',
      'abcd123456',
      'abc1234567',
      'iloveyou123',
      'admin12345',
      'admin123456',
    ],
    ...['administrator', 'letmein123', 'welcome123', 'changeme123', 'matkhau123', 'matkhau1234', 'matkhau12345'],
    ...['matkhaumoi', 'matkhau2026', 'anhyeuem123', 'emyeuanh123', 'vietnam123', 'vietnam2026', 'xinchao123'],
    ...['vinhthuan1', 'vinhthuan123', 'vinhthuan2025', 'vinhthuan2026', 'xavinhthuan', 'angiang123', 'angiang2026'],
    ...['kiengiang123', 'ubndxavinhthuan', 'ubndvinhthuan', 'quantri123', 'quantrihethong', 'hethong123', 'canbo12345'],
    ...['ydan123456', 'ydan2026', 'hanhchinhcong', 'motcua1234', 'chinhquyen123'],
  ].map((one) => one.slice(0, 60)),
)

/** What is wrong with a password that a member chose, as one sentence; null when nothing is. */
export function findPasswordProblem(password: string, repeated: string, username: string): string | null {
  const plain = password.toLowerCase().replace(/[\s._-]/g, '')
  if ([...password].length < shortestPassword) return `Mật khẩu cần ít nhất ${shortestPassword} ký tự.`
  if (new Set(plain).size < 4) return 'Mật khẩu lặp đi lặp lại vài ký tự; xin chọn mật khẩu khác.'
  if (common.has(plain)) return 'Mật khẩu này nhiều người dùng nên dễ đoán; xin chọn mật khẩu khác.'
  if (plain.includes(username.replace(/[.-]/g, '')) && plain.length < username.length + 8)
    return 'Mật khẩu gần giống tên đăng nhập; xin chọn mật khẩu khác.'
  return password === repeated ? null : 'Hai lần nhập chưa giống nhau; xin nhập lại.'
}
