import type { MethodView } from '../../../server/indicators/method/contract.ts'
import { renderDocument } from '../../document.tsx'
import { links } from '../../links.ts'
import { IntervalAxis, IntervalBar } from '../../ui/charts/interval-bar.tsx'
import { chooseScale } from '../../ui/charts/scale.ts'
import { formatInteger, formatInterval } from '../../ui/format.ts'
import { SectionRow, wholePage } from '../../ui/sections/sections.tsx'
import { VerdictWord } from '../../ui/verdict-word.tsx'
import { Formulas } from './formulas.tsx'
import { MethodIndicators } from './indicators.tsx'
import { MethodQuestionnaires } from './questionnaires.tsx'
import { Section } from './section.tsx'
import { type MethodSection, methodSections } from './sections.ts'
import { Trusted } from './trusted.tsx'

export type MethodPageProps = { view: MethodView; demo: boolean; section: string }

const title = 'Mức độ hài lòng được tính thế nào'

/** For everybody: how the number is made, what it is and what it is not. */
export function renderMethodPage({ view, demo, section }: MethodPageProps, styleHref: string): string {
  return renderDocument({
    title: `${title} · Ý Dân`,
    lang: 'vi',
    style: { href: styleHref },
    children: (
      <main class="method">
        {demo && <p class="reading-demo">DỮ LIỆU MẪU: trang xem thử, không phải số liệu của người dân.</p>}
        <header>
          <p class="method-brand">
            <Mark /> Ý Dân · Phương pháp
          </p>
          <h1>{title}</h1>
          <p class="method-lead">
            Xã hỏi người dân có hài lòng không, rồi công bố một con số. Trang này nói bằng lời thường con số ấy đến từ
            đâu, chắc đến mức nào, và điều gì nó không nói được.
          </p>
          <p class="method-small">
            <a href={links.publicResults}>Xem kết quả công khai của xã</a>
          </p>
        </header>
        <SectionRow sections={methodSections} current={section} hrefOf={links.methodSection} wholeLabel="Cả trang" />
        <Parts view={view} section={section} />
      </main>
    ),
  })
}

function Parts({ view, section }: Pick<MethodPageProps, 'view' | 'section'>) {
  const shows = (key: MethodSection) => section === wholePage || section === key
  return (
    <>
      {shows('ai') && <Asked />}
      {shows('con-so') && <Counted view={view} />}
      {shows('tin-cay') && <Trusted />}
      {shows('bo-cau-hoi') && <MethodQuestionnaires questionnaires={view.questionnaires} />}
      {shows('chi-tieu') && <MethodIndicators indicators={view.indicators} />}
      {shows('cong-thuc') && <Formulas />}
    </>
  )
}

const Asked = () => (
  <>
    <Section id="ai" heading="Ai được hỏi?">
      <p>
        Bất cứ ai vừa làm thủ tục, khám bệnh, tiêm chủng, hoặc có con học trường công. Ở nơi phục vụ có mã QR: Ông/Bà
        quét, trả lời chừng nửa phút, không cần cài ứng dụng, không cần tài khoản, không hỏi tên hay số điện thoại.
      </p>
      <p>
        Ai muốn thì trả lời, nên đây là ý kiến của <b>những người tự chọn trả lời</b>. Vì thế bên cạnh điểm luôn có số
        phiếu, cách thu phiếu và, khi biết số lượt phục vụ, tỷ lệ người trả lời.
      </p>
      <p>
        Cuối phiếu hỏi Ông/Bà <b>tự trả lời hay có người giúp</b> bấm hoặc đọc, để thấy điểm của hai bên có khác nhau
        không: ai được giúp có thể không nói hết ý mình. Câu này không làm đổi điểm.
      </p>
    </Section>
    <Section id="may-cau" heading="Mỗi người trả lời mấy câu?">
      <p>
        Danh mục của bộ, ngành có 19 đến 33 điều phải hỏi. Hỏi hết thì dài, nhiều người bỏ dở. Nên mỗi phiếu chỉ hỏi{' '}
        <b>vài câu chung cho mọi người và vài câu rút ngẫu nhiên</b>; người này được câu này, người kia được câu khác.
        Gộp lại, điều nào cũng có người trả lời.
      </p>
      <p>
        Máy rút câu theo một khóa bí mật, không ai chọn trước được câu dễ. Xác suất mỗi câu được hỏi được biết trước,
        ghi ở dưới, và được dùng để mỗi điều trong danh mục nặng như nhau. Phiếu giấy và phỏng vấn hỏi đủ mọi câu.
      </p>
    </Section>
    <Section id="hai-long" heading="Thế nào là hài lòng?">
      <p>Mỗi câu có năm mức. Hai mức trên được tính là hài lòng:</p>
      <ol class="method-levels">
        {['Rất không hài lòng', 'Không hài lòng', 'Bình thường', 'Hài lòng', 'Rất hài lòng'].map((level, index) => (
          <li key={level} class={index >= 3 ? 'counts' : ''}>
            <b>{index + 1}</b> {level}
          </li>
        ))}
      </ol>
      <p>
        Điểm là phần trăm câu trả lời ở mức 4 và 5. “Bình thường” không được tính là hài lòng. “Không ý kiến” thì để
        ngoài, không kéo điểm lên hay xuống.
      </p>
    </Section>
  </>
)

const exampleTarget = 95

function Counted({ view: { examples } }: { view: MethodView }) {
  const whole = chooseScale(examples, [exampleTarget])
  // A phone has room for three labels here.
  const scale = { ...whole, ticks: whole.ticks.filter((tick) => tick % 10 === 0) }
  return (
    <>
      <Section id="khoang" heading="Vì sao có khoảng tin cậy?">
        <p>
          Không phải ai cũng trả lời, nên điểm đo được lệch đôi chút so với điểm thật. Khoảng tin cậy 95&nbsp;% cho biết
          điểm thực tế nhiều khả năng nằm ở đâu. Cùng là 96&nbsp;%, càng ít phiếu thì khoảng càng rộng:
        </p>
        <table class="method-examples">
          <caption class="unseen">Khoảng tin cậy của điểm 96&nbsp;% theo số phiếu, mỗi người trả lời một câu</caption>
          <thead>
            <tr>
              <th scope="col">Số phiếu</th>
              <th scope="col">
                <IntervalAxis scale={scale} />
              </th>
              <th scope="col">Khoảng</th>
            </tr>
          </thead>
          <tbody>
            {examples.map((example) => (
              <tr key={example.responses}>
                <th scope="row">{formatInteger(example.responses)}</th>
                <td>
                  <IntervalBar score={example} target={exampleTarget} scale={scale} />
                </td>
                <td>{formatInterval(example.lower, example.upper, exampleTarget)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p class="method-small">
          Đường chấm là chỉ tiêu 95&nbsp;%. Ví dụ tính khi mỗi người trả lời một câu. Người trả lời nhiều câu thường
          chấm các câu giống nhau; công thức xét cả điều đó.
        </p>
      </Section>
      <Verdicts />
    </>
  )
}

const Verdicts = () => (
  <Section id="ket-luan" heading="Ba kết luận">
    <dl class="method-verdicts">
      <div>
        <dt>
          <VerdictWord verdict="met" provisional={false} />
        </dt>
        <dd>Cả khoảng tin cậy nằm từ chỉ tiêu trở lên.</dd>
      </div>
      <div>
        <dt>
          <VerdictWord verdict="not_met" provisional={false} />
        </dt>
        <dd>Cả khoảng tin cậy nằm dưới chỉ tiêu.</dd>
      </div>
      <div>
        <dt>
          <VerdictWord verdict="not_yet_provable" provisional={false} />
        </dt>
        <dd>
          Khoảng còn chứa chỉ tiêu: chưa thể nói đạt hay chưa. Kèm theo là số phiếu còn cần. Cũng vậy khi phiếu dồn vào
          ít ngày, hoặc khi phiếu có kiểm chứng và phiếu mở lệch nhau.
        </dd>
      </div>
    </dl>
    <p>
      Chưa đến năm áp dụng thì chỉ <b>theo dõi</b>. Kỳ chưa khép thì ghi thêm <b>tạm tính</b>: nhìn mỗi ngày thì sớm
      muộn cũng gặp một ngày may. Điểm không kèm khoảng vẫn được ghi bên cạnh, vì nhiều báo cáo so bằng điểm ấy.
    </p>
    <p>
      Kết luận không làm được trong một ngày: cần phiếu của ít nhất 10 ngày, không ngày nào nặng quá một phần năm. Phiếu
      gửi không qua trang của Ý Dân có trong điểm nhưng không mang kết luận. Ở đâu có đủ 20 phiếu <b>có kiểm chứng</b>{' '}
      (phiếu một lần, mã trên màn hình tại chỗ, phỏng vấn) và 20 phiếu <b>mở</b>, hai điểm đứng cạnh nhau.
    </p>
    <p>
      Nói <b>tăng rõ</b>, <b>giảm rõ</b> hay <b>khác</b> chỉ khi chênh lệch lớn hơn mức tình cờ có thể gây ra; còn lại,
      trang nói thẳng là chưa thể nói.
    </p>
  </Section>
)

const Mark = () => (
  <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
    <path d="M4 6h20v13H13l-5 4.500v-4.500H4zM9 12.500q5 4.500 10 0" />
  </svg>
)
