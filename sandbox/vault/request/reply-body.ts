import { newUuid } from '../store/identifiers';
import type { Answer, Json } from './exchange';

/** The body of an answer, which has these eight members in every reply except those of health and seal status. */
export function body(answer: Exclude<Answer, undefined | { bare: Json }>): Json {
  return {
    request_id: newUuid(),
    lease_id: '',
    renewable: false,
    lease_duration: answer.leaseSeconds ?? 0,
    data: answer.data ?? null,
    wrap_info: null,
    warnings: answer.warnings ?? null,
    auth: answer.auth ?? null,
  };
}
