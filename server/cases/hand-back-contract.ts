/** A case that was taken from its owner: whose it was, whether that account is stopped, who may take it now. */
export type HandBack = { owner: string; disabled: boolean; restricted: boolean; takers: string[] }

export type HandBackWords = { note(one: HandBack): string; subject(caseId: number): string }
