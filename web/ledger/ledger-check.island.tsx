import { type Checked, checkProof } from './_proof.island.tsx'

const words = {
  unreadable: 'Tệp chứng minh không đọc được.',
  content: 'KHÔNG KHỚP: các câu trả lời không phải là những câu đã ghi vào dòng này.',
  path: 'KHÔNG KHỚP: dòng này không nằm trong sổ cái đã ký.',
  signature: 'KHÔNG KHỚP: chữ ký của sổ cái không đúng với khóa in trên trang này.',
}

const button = document.getElementById('check') as HTMLButtonElement
const result = document.getElementById('result') as HTMLElement
button.hidden = false
button.addEventListener('click', () => {
  const checked = check()
  result.className = checked.problem ? 'error' : 'done'
  result.textContent = describe(checked)
})

function check(): Checked {
  try {
    return checkProof(textOf('proof'), textOf('key'))
  } catch {
    return { line: 0, size: 0, root: '', origin: '', opened: false, problem: 'unreadable' }
  }
}

function describe({ problem, line, size, root, origin, opened }: Checked): string {
  if (problem) return words[problem]
  const answers = opened ? ' Các câu trả lời đúng như khi gửi.' : ''
  return `Khớp: phiếu này là dòng ${format(line)} trong sổ cái ${origin} có ${format(size)} dòng, mã gốc ${root.slice(0, 12)}….${answers} Máy của Ông/Bà vừa tự tính điều này.`
}

const textOf = (id: string): string => document.getElementById(id)?.textContent ?? ''
const format = (value: number): string => value.toLocaleString('vi-VN')
