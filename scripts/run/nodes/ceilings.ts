import { Declined } from '../../../base/errors';
import { counted } from '../../../base/text/counted';
import type { Catalog } from '../../../catalog/environment/catalog';
import { confirm } from '../../session/confirm';
import type { Session } from '../../session/session';
import { rounded } from './group-view';

/** What of a catalog ceilings are about. */
interface CeilingsOf extends Pick<Catalog, 'groups'> {
  readonly policy: Pick<Catalog['policy'], 'maxNodes' | 'maxPricePerHour'>;
}

/** A ceiling of the catalog that its node groups are over. */
interface Excess {
  /** `policy.max_nodes` */
  readonly key: string;
  /** What there may be, as text: `12 nodes`. */
  readonly found: string;
  readonly ceiling: string;
  /** What must be typed. */
  readonly answer: string;
}

/** The ceilings that all node groups of the catalog together are over, by their largest sizes. */
function excesses({ groups, policy: { maxNodes, maxPricePerHour } }: CeilingsOf): readonly Excess[] {
  const nodes = groups.reduce((sum, { most }) => sum + most, 0);
  const price = rounded(groups.reduce((sum, { most, pricePerHour = 0 }) => sum + most * pricePerHour, 0));
  return [
    ...(maxNodes === undefined || nodes <= maxNodes
      ? []
      : [
          {
            key: 'policy.max_nodes',
            found: counted(nodes, 'node'),
            ceiling: String(maxNodes),
            answer: String(nodes),
          },
        ]),
    ...(maxPricePerHour === undefined || price <= maxPricePerHour
      ? []
      : [
          {
            key: 'policy.max_price_per_hour',
            found: `${price.toFixed(2)} USD an hour`,
            ceiling: maxPricePerHour.toFixed(2),
            answer: price.toFixed(2),
          },
        ]),
  ];
}

/**
 * Asks for each ceiling that the catalog's groups are over: the number must be typed. `--over-ceiling` answers it, and `--yes` does not.
 *
 * @param done - what the confirmed action is called when it is done: `applied`
 * @throws {@link Declined}
 */
export async function confirmCeilings(
  session: Pick<Session, 'settings' | 'report' | 'stop'>,
  catalog: CeilingsOf,
  done: string,
): Promise<void> {
  for (const { key, found, ceiling, answer } of excesses(catalog)) {
    const text = `the node groups may have ${found}, over the ceiling of ${ceiling} (${key})`;
    if (session.settings.overCeiling) {
      session.report.note('warn', text);
      continue;
    }
    if (session.settings.yes)
      throw new Declined(`not ${done}: ${text}; --yes does not confirm that: pass --over-ceiling as well`);
    await confirm(session, {
      done,
      text: `${text[0]?.toUpperCase()}${text.slice(1)}. Type ${answer} to go on:`,
      answer,
    });
  }
}
