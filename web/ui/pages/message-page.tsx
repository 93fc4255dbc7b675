import type { Language } from '../../../server/catalogue/contract.ts'
import { renderDocument } from '../../document.tsx'
import { links } from '../../links.ts'
import { messagesIn } from '../../messages/messages.ts'
import { type Assets, Frame, ProductHeading } from '../citizen-frame.tsx'
import { LanguageLinks } from '../language-switch.tsx'

export type MessageKind =
  | 'unknown-place'
  | 'closed-place'
  | 'revoked-code'
  | 'unavailable'
  | 'refused'
  | 'not-found'
  | 'fault'

export type MessageProps = {
  kind: MessageKind
  language: Language
  /** Says what to do next better than the kind's own sentence. */
  sentence?: string
  requestId?: string
  demo?: boolean
}

/** A calm page for whatever could not be done: what happened, what to do next. */
export function renderMessagePage(props: MessageProps, assets: Assets): string {
  return renderDocument({
    title: messagesIn(props.language).message[props.kind].title,
    lang: props.language,
    style: { inline: assets.style },
    scripts: [assets.script],
    children: <MessagePage {...props} />,
  })
}

function MessagePage({ kind, language, sentence, requestId, demo = false }: MessageProps) {
  const words = messagesIn(language).message
  return (
    <Frame
      language={language}
      demo={demo}
      nav={
        <>
          <LanguageLinks language={language} hrefIn={links.inLanguage} />
          <ProductHeading language={language} />
        </>
      }
    >
      <section class="state held">
        <svg class="sign" viewBox="0 0 64 64" aria-hidden="true">
          <circle cx="32" cy="32" r="28" />
          <path d="M32 18v17M32 45h.01" />
        </svg>
        <h1>{words[kind].title}</h1>
        <p>{sentence ?? words[kind].text}</p>
        {kind === 'revoked-code' && <OtherLanguages kind={kind} language={language} />}
        {requestId && (
          <p class="request">
            {words.requestId}: {requestId}
          </p>
        )}
      </section>
    </Frame>
  )
}

/** An old poster names no language: whoever scans it reads their own. */
const OtherLanguages = ({ kind, language }: { kind: MessageKind; language: Language }) => (
  <>
    {(['vi', 'en', 'km'] as const)
      .filter((other) => other !== language)
      .map((other) => (
        <p key={other} lang={other}>
          <b>{messagesIn(other).message[kind].title}.</b> {messagesIn(other).message[kind].text}
        </p>
      ))}
  </>
)
