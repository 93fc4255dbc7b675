/** The reason that every decision must carry. */
export const WhyField = ({ value, problem }: { value: string; problem?: string | undefined }) => (
  <div class={problem ? 'field has-problem' : 'field'}>
    <label for="why">Lý do</label>
    <p class="field-hint" id="why-hint">
      Từ 10 đến 500 ký tự; ví dụ: buổi tiêm chủng lưu động, nhiều người dùng chung máy của trạm. Không ghi tên hay số
      điện thoại của người dân.
    </p>
    {problem && (
      <p class="field-problem" id="why-problem">
        {problem}
      </p>
    )}
    <textarea
      id="why"
      name="why"
      rows={3}
      required
      minLength={10}
      maxLength={500}
      aria-describedby={problem ? 'why-hint why-problem' : 'why-hint'}
      aria-invalid={problem ? 'true' : undefined}
    >
      {value}
    </textarea>
  </div>
)
