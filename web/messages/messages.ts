import type { Language } from '../../server/catalogue/contract.ts'
import { en } from './en.ts'
import { km } from './km.ts'
import { type Messages, vi } from './vi.ts'
import { createWording } from './wording.ts'

export const messageWording = createWording<Messages>({ vi, en, km })

export const messagesIn = (language: Language): Messages => messageWording.words[language]
