import type { ComponentChildren } from 'preact'
import type { ExtraChange, FactorChange } from '../../server/questionnaires/versions-contract.ts'
import { ChangedTexts } from './diff-text.tsx'
import { extraKinds } from './words.ts'

type GroupProps = { title: string; count: number; children: ComponentChildren }

/** A list of changes of one kind; nothing where there are none. */
export const Group = ({ title, count, children }: GroupProps) =>
  count === 0 ? null : (
    <section class="card padded diff-group">
      <h2>
        {title} <small>({count})</small>
      </h2>
      <ul>{children}</ul>
    </section>
  )

export const Sign = ({ sign }: { sign: string }) => (
  <span class="diff-sign" aria-hidden="true">
    {sign}
  </span>
)

const factorWords: Record<FactorChange['kind'], [sign: string, words: string]> = {
  added: ['+', 'Nhóm mới'],
  removed: ['−', 'Bỏ nhóm'],
  moved: ['↕', 'Đổi thứ tự nhóm'],
  changed: ['✎', 'Đổi'],
}

export const Factors = ({ factors }: { factors: FactorChange[] }) => (
  <Group title="Nhóm tiêu chí" count={factors.length}>
    {factors.map(({ code, title, kind, changes, drawBefore, drawAfter }) => (
      <li key={code}>
        <Sign sign={factorWords[kind][0]} />
        <div>
          <p>
            <b>{factorWords[kind][1]}</b> {title} <small>{code}</small>
          </p>
          {changes.length > 0 && <ChangedTexts changes={changes} />}
          {drawBefore !== null && drawAfter !== null && drawBefore !== drawAfter && (
            <p class="diff-note">
              Mỗi phiếu rút {drawBefore} câu luân phiên, nay rút {drawAfter}.
            </p>
          )}
        </div>
      </li>
    ))}
  </Group>
)

const signs = { added: '+', removed: '−', changed: '✎' } as const
const verbs = { added: 'Thêm', removed: 'Bỏ', changed: 'Đổi' } as const

export const Extra = ({ extra }: { extra: ExtraChange[] }) => (
  <Group title="Câu hỏi thêm, không tính vào điểm" count={extra.length}>
    {extra.map(({ code, text, kind, changes, kinds, choices }) => (
      <li key={code}>
        <Sign sign={signs[kind]} />
        <div>
          <p>
            <b>{verbs[kind]}</b> {text} <small>{code}</small>
          </p>
          {changes.length > 0 && <ChangedTexts changes={changes} />}
          {kinds && (
            <p class="diff-note">
              Kiểu trả lời: {extraKinds[kinds.before]} thành {extraKinds[kinds.after]}.
            </p>
          )}
          {choices.map((choice) => (
            <div key={choice.text} class="diff-note">
              {verbs[choice.kind]} mục chọn “{choice.text}”
              {choice.changes.length > 0 && <ChangedTexts changes={choice.changes} />}
            </div>
          ))}
        </div>
      </li>
    ))}
  </Group>
)
