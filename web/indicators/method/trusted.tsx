import { channelOrder, startedChannel } from '../words.ts'
import { Section } from './section.tsx'

/** Where answers come from, which are set aside, how people are kept hidden, and what the number is not. */
export const Trusted = () => (
  <>
    <Section id="cach-thu" heading="Phiếu đến bằng cách nào?">
      <p>Mỗi phiếu ghi cách nó đến, và mọi bảng đều tách ra được:</p>
      <ul class="method-channels">
        {channelOrder.map((channel) => (
          <li key={channel}>
            <b>{startedChannel(channel)}</b> {channelNotes[channel]}
          </li>
        ))}
      </ul>
      <p>
        Nơi phục vụ tự thu thì người dân có thể ngại chê. Nên phiếu tự thu và phiếu phỏng vấn độc lập được đặt cạnh
        nhau, không trộn để con số đẹp hơn.
      </p>
    </Section>
    <Section id="de-rieng" heading="Phiếu nào để riêng?">
      <p>
        Không phiếu nào bị từ chối hay xóa. Phiếu có dấu hiệu không phải ý kiến thật thì để riêng, đếm công khai và
        không tính vào điểm: một máy gửi lại cho cùng một nơi, gửi chỉ vài giây sau khi mở, do máy tự điền, hoặc quá
        nhiều phiếu của một nơi trong một giờ.
      </p>
    </Section>
    <Section id="giu-kin" heading="Ông/Bà được giữ kín thế nào?">
      <p>
        Phiếu không có tên, số điện thoại hay địa chỉ máy. Trong ngày, điểm chỉ đổi theo nhóm ít nhất 40 phiếu mà một
        người ở quầy không thể tự gửi, để không ai đoán được ai trả lời gì. Bảng chi tiết chỉ có sau khi ngày khép.
      </p>
    </Section>
    <Section id="khong-phai" heading="Con số này không phải là gì?">
      <ul class="method-not">
        <li>
          <b>Không phải Chỉ số SIPAS.</b> SIPAS hỏi người dân được chọn ngẫu nhiên, tại nhà. Phiếu ở quầy chỉ dùng cùng
          khung tiêu chí, nên chỉ được gọi là “theo khung tiêu chí SIPAS”.
        </li>
        <li>
          <b>Không phải ý kiến của toàn xã.</b> Người không dùng dịch vụ, người không trả lời, không có trong đó. Nơi có
          lượt mà không có phiếu được nêu tên.
        </li>
        <li>
          <b>Không phải tỷ lệ hồ sơ đúng hạn.</b> Có báo cáo suy ra mức hài lòng từ hồ sơ trễ hạn; con số ở đây chỉ đến
          từ câu trả lời của người dân.
        </li>
        <li>
          <b>Không phải để chấm một người.</b> Phiếu nói về nơi phục vụ, không nói về từng cán bộ.
        </li>
      </ul>
    </Section>
  </>
)

const channelNotes: Record<string, string> = {
  qr: 'mã treo tại quầy, phòng khám, trường',
  kiosk: 'máy tính bảng đặt tại nơi phục vụ',
  web: 'liên kết gửi qua tin nhắn hay đăng trên trang của xã',
  ticket: 'mã in trên giấy hẹn trả kết quả',
  paper: 'do cán bộ nhập lại, có nhập hai lần để kiểm tra',
  interview: 'điều tra viên không thuộc nơi được đánh giá',
}
