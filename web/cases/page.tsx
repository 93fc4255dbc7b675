import type { CaseView } from '../../server/cases/view-contract.ts'
import { links } from '../links.ts'
import { Notice } from '../ui/notice.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { renderStaffPage, type StaffAssets } from '../ui/shell.tsx'
import { Tag } from '../ui/tag.tsx'
import { CaseWork } from './forms.tsx'
import { Due, LanguageTag } from './item.tsx'
import type { CasePageProps } from './page-props.ts'
import { CaseReply } from './reply.tsx'
import { dayInWords, eventInWords, stateNames } from './words.ts'

/** One case: what was said, what was done about it, what can be done now. */
export function renderCasePage(props: CasePageProps, assets: StaffAssets): string {
  const { view, problems, shell } = props
  const title = `Ý kiến số ${view.id}`
  const children = (
    <>
      <p class="back">
        <a href={links.cases()}>‹ Ý kiến</a>
      </p>
      <PageHead title={title} lead={`${view.place} · ${dayInWords(view.day, view.half)}`}>
        <Stand view={view} />
      </PageHead>
      {props.done && problems.length === 0 && <Done {...props} />}
      {problems.length > 0 && (
        <Notice kind="problem" title="Chưa ghi được">
          <ul>
            {problems.map(({ path, message }) => (
              <li key={path + message}>{message}</li>
            ))}
          </ul>
        </Notice>
      )}
      <div class="case-columns">
        <div>
          <Said {...props} />
          <CaseReply {...props} />
          <Course view={view} />
        </div>
        <div>
          <Facts view={view} />
          <CaseWork {...props} />
        </div>
      </div>
    </>
  )
  return renderStaffPage({ title, shell, children }, assets)
}

const Done = ({ next }: Pick<CasePageProps, 'next'>) => (
  <Notice kind="done" title={next === null ? 'Đã ghi' : 'Đã gửi trả lời'}>
    {next === 'none' && <p>Không còn ý kiến nào chờ Ông/Bà trả lời.</p>}
    {typeof next === 'number' && (
      <p>
        <a class="button small" href={links.case(next)}>
          Ý kiến tiếp theo
        </a>
      </p>
    )}
  </Notice>
)

const Stand = ({ view: { kind, state, due, urgent, restricted, handedBack } }: CasePart) => (
  <div class="case-stand">
    <Tag kind={state === 'answered' ? 'ok' : 'plain'}>{stateNames[state]}</Tag>
    {kind === 'praise' && <Tag kind="ok">Lời khen</Tag>}
    {urgent && <Tag kind="warn">Người dân chọn báo ngay</Tag>}
    {restricted && <Tag kind="warn">Chuyển lãnh đạo xã</Tag>}
    {handedBack && <Tag kind="warn">Được trả lại, chờ người nhận</Tag>}
    {due && <Due due={due} />}
  </div>
)

type CasePart = { view: CaseView }

function Said({ view, doors, revealed }: CasePageProps) {
  return (
    <section class="card padded case-said" id="y-kien">
      <h2>Người dân nói</h2>
      {view.language && <LanguageTag language={view.language} />}
      {view.comment !== null && (
        <blockquote lang={view.language ?? undefined}>
          {revealed?.what === 'comment' ? revealed.text : view.comment}
        </blockquote>
      )}
      {view.comment === null && (
        <p class="case-quiet">
          {view.kind !== 'dissatisfied'
            ? 'Lời góp ý đã xóa theo yêu cầu của người dân.'
            : 'Không ghi lời góp ý, chỉ chấm chưa hài lòng.'}
        </p>
      )}
      {view.unsatisfied.length > 0 && (
        <>
          <h3>Chưa hài lòng ({view.unsatisfied.length} tiêu chí)</h3>
          <ul class="case-criteria">
            {view.unsatisfied.map((criterion) => (
              <li key={criterion}>{criterion}</li>
            ))}
          </ul>
        </>
      )}
      {view.masked > 0 && revealed?.what !== 'comment' && <MaskNote view={view} mayReveal={doors.mayReveal} />}
      {view.callback !== 'none' && <Callback view={view} mayReveal={doors.mayReveal} revealed={revealed} />}
    </section>
  )
}

const MaskNote = ({ view, mayReveal }: CasePart & { mayReveal: boolean }) => (
  <div class="case-reveal">
    <p>Số điện thoại, số giấy tờ hoặc địa chỉ thư trong lời góp ý đã được che.</p>
    {mayReveal ? (
      <RevealButton id={view.id} what="comment" label="Xem nguyên văn" />
    ) : (
      <p>Chỉ người đang xử lý xem được nguyên văn.</p>
    )}
  </div>
)

function Callback({ view, mayReveal, revealed }: CasePart & Pick<CasePageProps, 'revealed'> & { mayReveal: boolean }) {
  if (view.callback === 'erased') return <p class="case-reveal">Số điện thoại người dân để lại đã được xóa.</p>
  if (revealed?.what === 'number') {
    return (
      <div class="case-reveal" id="so-dien-thoai">
        <p>Số điện thoại để gọi lại, chỉ dùng cho việc này:</p>
        <p class="case-number">{revealed.text}</p>
      </div>
    )
  }
  return (
    <div class="case-reveal">
      <p>
        Người dân đề nghị gọi lại và để lại số điện thoại. Số được mã hóa, mỗi lần xem đều ghi vào nhật ký, và bị xóa
        khi ý kiến được khép.
      </p>
      {mayReveal ? (
        <RevealButton id={view.id} what="number" label="Xem số điện thoại" />
      ) : (
        <p>Chỉ người đang xử lý xem được số.</p>
      )}
    </div>
  )
}

const RevealButton = ({ id, what, label }: { id: number; what: 'comment' | 'number'; label: string }) => (
  <form method="post" action={links.revealCase(id)}>
    <input type="hidden" name="what" value={what} />
    <button class="button small" type="submit">
      {label}
    </button>
  </form>
)

const Course = ({ view: { course } }: CasePart) => (
  <section class="card padded">
    <h2>Diễn biến</h2>
    <ol class="case-course">
      {course.map(({ key, when, who, kind, note }) => (
        <li key={key}>
          <p>
            <b>{eventInWords(kind)}</b>{' '}
            <small>
              {when}
              {who && ` · ${who}`}
            </small>
          </p>
          {note && <p class="case-course-note">{note}</p>}
        </li>
      ))}
    </ol>
  </section>
)

const Facts = ({ view }: CasePart) => (
  <section class="card padded case-facts">
    <dl>
      <div>
        <dt>Đơn vị</dt>
        <dd>{view.agency}</dd>
      </div>
      <div>
        <dt>Người xử lý</dt>
        <dd>{view.owner ?? 'Chưa ai nhận'}</dd>
      </div>
      <div>
        <dt>Chủ đề</dt>
        <dd>{view.theme ?? 'Chưa chọn'}</dd>
      </div>
    </dl>
  </section>
)
