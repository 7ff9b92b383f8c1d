import type { Position } from '../../catalog/ground/problem';
import type { Review } from '../review';
import type { ReviewEffect } from './effects';

/** How many lines of the catalog an effect names. */
const SHOWN = 2;

/** Says where the catalog has what an effect is about: ` (catalog/dev.yml:14)`; nothing where no file says it. */
export function positionsText({ stacks }: Pick<Review, 'stacks'>): (effect: ReviewEffect) => string {
  const positions = new Map<string, Readonly<Record<string, Position>>>(
    stacks.flatMap(({ stack, outcome }) =>
      outcome.kind === 'planned' ? [[stack, outcome.positions] as const] : [],
    ),
  );
  return ({ about }) => {
    const lines = about.flatMap(({ stack, address }) => {
      const position = positions.get(stack)?.[address];
      return position === undefined ? [] : [`${position.file}:${position.line}`];
    });
    const distinct = [...new Set(lines)];
    if (distinct.length === 0) return '';
    const more = distinct.length > SHOWN ? ', …' : '';
    return ` (${distinct.slice(0, SHOWN).join(', ')}${more})`;
  };
}
