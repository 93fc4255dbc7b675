/** The whole computation, for whoever wants to check it. */
export const Formulas = () => (
  <section aria-labelledby="cong-thuc">
    <h2 id="cong-thuc">Công thức, cho người muốn kiểm tra</h2>
    <details>
      <summary>Xem công thức</summary>
      <dl class="method-formulas">
        <div>
          <dt>Điểm của một phiếu</dt>
          <dd>
            w<sub>c</sub> = (1/π<sub>c</sub>) / Σ 1/π trên các câu được hỏi, π là xác suất câu được hỏi; y = tổng w của
            câu ở mức 4-5, m = tổng w của câu có trả lời 1-5.
          </dd>
        </div>
        <div>
          <dt>Chỉ số</dt>
          <dd>
            R = Σy / Σm. Trong một phiên bản bộ câu hỏi, mỗi tiêu chí nặng như nhau; giữa các phiên bản, mỗi người nặng
            như nhau.
          </dd>
        </div>
        <div>
          <dt>Phương sai (mỗi người trả lời là một cụm)</dt>
          <dd>V = n/(n − 1) · (Σy² − 2R·Σym + R²·Σm²) / (Σm)²</dd>
        </div>
        <div>
          <dt>Cỡ mẫu hiệu dụng</dt>
          <dd>
            n̂ = R(1 − R)/V · (1,96 / t<sub>n−1</sub>)²; k = n(1 − R); n<sub>e</sub> = (k + 3) / (k/n̂ + 3/n). Khoảng tin
            cậy là khoảng Wilson của R với n<sub>e</sub>.
          </dd>
        </div>
        <div>
          <dt>Tính theo lượt (khi chỉ tiêu chọn)</dt>
          <dd>
            R = Σ W<sub>h</sub>R<sub>h</sub>, W<sub>h</sub> = N<sub>h</sub>/N trên các nơi có phiếu; tỷ lệ lượt được phủ
            ghi kèm.
          </dd>
        </div>
        <div>
          <dt>Hiệu hai điểm (Newcombe)</dt>
          <dd>d − √((R₁ − l₁)² + (u₂ − R₂)²) đến d + √((u₁ − R₁)² + (R₂ − l₂)²)</dd>
        </div>
        <div>
          <dt>Số phiếu còn cần</dt>
          <dd>
            k = n · (z²T(1 − T) / ((R − T)² · n<sub>e</sub>) − 1), T là chỉ tiêu; trên 5n thì ghi “khó kết luận trong kỳ
            này”.
          </dd>
        </div>
        <div>
          <dt>Người không trả lời</dt>
          <dd>
            (T − rR) / (1 − r), r là tỷ lệ trả lời: mức hài lòng của người không trả lời làm đổi kết quả so với chỉ
            tiêu.
          </dd>
        </div>
      </dl>
      <p class="method-small">
        Đã thử bằng mô phỏng: khoảng “95&nbsp;%” chứa điểm thật trong ít nhất 94&nbsp;% lần; kết luận “đạt” sai không
        quá 3,5&nbsp;% lần.
      </p>
    </details>
  </section>
)
