import type { ComponentChildren } from 'preact'
import type { Language } from '../../../server/catalogue/contract.ts'
import { renderDocument } from '../../document.tsx'
import { messagesIn, messageWording } from '../../messages/messages.ts'
import { vi } from '../../messages/vi.ts'
import { type Assets, Frame, ProductHeading, withVietnamese } from '../../ui/citizen-frame.tsx'
import { LanguageLinks } from '../../ui/language-switch.tsx'
import { receiptWording } from './messages.ts'

type FrameProps = {
  title: string
  language: Language
  demo: boolean
  /** The same page in another language. */
  hrefIn: (language: Language) => string
  children: ComponentChildren
}

/** A page of a citizen who looks for an answer. */
export function renderReceiptFrame({ title, language, demo, hrefIn, children }: FrameProps, assets: Assets): string {
  return renderDocument({
    title,
    lang: language,
    style: { inline: assets.style },
    scripts: [assets.script],
    children: (
      <Frame language={language} demo={demo} nav={<Header language={language} hrefIn={hrefIn} />}>
        {children}
        {language === 'km' && !isReviewed(language) && (
          <p class="soft">{withVietnamese(language, messagesIn(language).page.unreviewed, vi.page.unreviewed)}</p>
        )}
      </Frame>
    ),
  })
}

function Header({ language, hrefIn }: Pick<FrameProps, 'language' | 'hrefIn'>) {
  return (
    <>
      <LanguageLinks language={language} hrefIn={hrefIn} />
      <ProductHeading language={language} />
    </>
  )
}

const isReviewed = (language: Language): boolean =>
  messageWording.isReviewed(language) && receiptWording.isReviewed(language)
