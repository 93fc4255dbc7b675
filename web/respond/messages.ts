import type { Language } from '../../server/surveys/contract.ts'
import { en } from '../messages/en.ts'
import { km } from '../messages/km.ts'
import { type Messages, vi } from '../messages/vi.ts'

const messages: Record<Language, Messages> = { vi, en, km }

export const messagesIn = (language: Language): Messages => messages[language]
