import type { ApiKeyRow } from '../../server/province/keys-contract.ts'
import type { KeyScope } from '../../server/staff/contract.ts'
import { links } from '../links.ts'
import { Field } from '../ui/field.tsx'
import { formatStamp } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type Shell, type StaffAssets } from '../ui/shell.tsx'
import { Tag } from '../ui/tag.tsx'

export type KeysPageProps = {
  keys: ApiKeyRow[]
  shell: Shell
  /** The key just made: shown this once. */
  made?: { name: string; key: string }
  name?: string
  problem?: string
}

const scopeNames: Record<KeyScope, string> = {
  indicators: 'Các chỉ tiêu',
  results: 'Mọi kết quả tổng hợp',
  tickets: 'Phát phiếu một lần',
}

/** Keys by which other systems read the commune's figures. */
export function renderKeysPage({ keys, shell, made, name = '', problem }: KeysPageProps, assets: StaffAssets): string {
  const title = 'Khóa API'
  const children = (
    <>
      <p class="back">
        <a href={links.system}>‹ Hệ thống</a>
      </p>
      <PageHead
        title={title}
        lead="Để hệ thống khác, như của tỉnh, tự đọc số liệu chính xác của xã. Mỗi nơi một khóa, để thu hồi được riêng."
      />
      <div class="column">
        <Notice kind="warning" title="Ai không được giữ khóa đọc kết quả">
          <p>
            Khóa đọc số chính xác từng phiếu một, cả trong ngày: ai giữ khóa mà biết ai vừa rời quầy thì đoán ra người
            ấy trả lời gì. Không giao cho người làm việc ở quầy, phòng khám, trường, cho phụ trách đơn vị được đánh giá,
            hay đặt trong máy mà những người ấy dùng.
          </p>
        </Notice>
        {made && <MadeCard name={made.name} value={made.key} />}
        <section class="card padded">
          <h2>Tạo khóa</h2>
          <form method="post" action={links.apiKeys}>
            <Field
              name="name"
              label="Nơi dùng khóa"
              value={name}
              hint="Ví dụ: Trung tâm điều hành thông minh của tỉnh"
              problem={problem}
              input={{ required: true, maxLength: 80, autocomplete: 'off' }}
            />
            <fieldset class="field">
              <legend>Khóa dùng để</legend>
              <Choice value="indicators" note="đủ cho báo cáo chỉ tiêu" checked />
              <Choice value="results" note="thêm kết quả từng ngày, từng nơi phục vụ" />
              <Choice value="tickets" note="cho phần mềm một cửa, máy lấy số; không đọc được kết quả nào" />
            </fieldset>
            <button class="button" type="submit">
              Tạo khóa
            </button>
          </form>
        </section>
        <KeyList keys={keys} />
      </div>
    </>
  )
  return renderStaffPage({ title, shell, islands: made ? ['places'] : [], children }, assets)
}

const MadeCard = ({ name, value }: { name: string; value: string }) => (
  <section class="card padded link-card">
    <h2>Khóa của {name}</h2>
    <div class="copyable" data-copyable="">
      <span class="copyable-label">Xin chép ngay: khóa chỉ hiện một lần trên trang này</span>
      <input type="text" readOnly value={value} aria-label={`Khóa của ${name}`} />
    </div>
    <p class="field-hint">
      Gửi kèm mỗi lần đọc: <code>Authorization: Bearer …</code>. Không gửi khóa qua nhóm chung.
    </p>
  </section>
)

const Choice = ({ value, note, checked = false }: { value: KeyScope; note: string; checked?: boolean }) => (
  <label class="choice">
    <input type="radio" name="scope" value={value} checked={checked} />
    <span>
      {scopeNames[value]}
      <small>{note}</small>
    </span>
  </label>
)

const KeyList = ({ keys }: { keys: ApiKeyRow[] }) =>
  keys.length === 0 ? (
    <Notice kind="done" title="Chưa có khóa nào" />
  ) : (
    <ul class="card case-list">
      {keys.map((one) => (
        <li class="case-item" key={one.id}>
          <div class="case-item-said">
            <p>
              <b>{one.name}</b>
            </p>
            <p class="case-item-where">
              {scopeNames[one.scope]} · {one.createdBy} tạo {formatStamp(one.createdAt)} ·{' '}
              {one.lastUsedAt ? `dùng lần cuối ${formatStamp(one.lastUsedAt)}` : 'chưa dùng'}
            </p>
          </div>
          <div class="case-item-stand">
            <Tag kind={one.revokedAt ? 'plain' : 'ok'}>{one.revokedAt ? 'Đã thu hồi' : 'Đang dùng được'}</Tag>
            {!one.revokedAt && (
              <form method="post" action={links.revokeApiKey(one.id)}>
                <button class="button small" type="submit" aria-label={`Thu hồi khóa của ${one.name}`}>
                  Thu hồi
                </button>
              </form>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
