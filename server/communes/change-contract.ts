/**
 * Why figures of a period that was over are others now: a report that replaced the approved one, another definition of the
 * indicator, or nothing that anybody named.
 */
export type ChangeReason = 'corrected' | 'redefined' | 'unexplained'
