import { listed } from '../../../base/text/listed';

/** `2026-11-29 01:20 UTC` */
export function timeText(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `n2 ended by itself`, `n1 and n2 ended by themselves` */
function endedText(keys: readonly string[]): string {
  return `${listed(keys)} ended by ${keys.length === 1 ? 'itself' : 'themselves'}`;
}

/** What renewing does about nodes that ended by themselves. */
export function endedAdvice(keys: readonly string[]): string {
  return `${endedText(keys)}; renew makes ${keys.length === 1 ? 'it' : 'them'} anew`;
}
