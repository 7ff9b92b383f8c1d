import { listed } from '../../../base/text/listed';

/** `n2 ended by itself`, `n1 and n2 ended by themselves` */
function endedText(keys: readonly string[]): string {
  return `${listed(keys)} ended by ${keys.length === 1 ? 'itself' : 'themselves'}`;
}

/** What renewing does about nodes that ended by themselves. */
export function endedAdvice(keys: readonly string[]): string {
  return `${endedText(keys)}; renew makes ${keys.length === 1 ? 'it' : 'them'} anew`;
}
