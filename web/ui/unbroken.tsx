const interval = /(\d[\d.,]*\u00a0–\u00a0\d[\d.,]*)/

/** A sentence whose intervals stay on one line: a browser may break after a dash in spite of the spaces around it. */
export const Unbroken = ({ text }: { text: string }) => (
  <>
    {text.split(interval).map((part, index) =>
      index % 2 === 1 ? (
        <span key={index} class="unbroken">
          {part}
        </span>
      ) : (
        part
      ),
    )}
  </>
)
