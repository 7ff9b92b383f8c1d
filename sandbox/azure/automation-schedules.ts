import { type Attributes, filled, text } from '../provider/attributes';
import { now } from '../provider/clock';
import { ProviderError } from './azure-error';
import { ID_FORMS } from './resource-id';
import type { Rules } from './rules';

const SCHEDULE = 'azurerm_automation_schedule';

const MINUTE_MS = 60_000;

/** How long before its first run a schedule must be made. */
const LEAST_MINUTES = 5;

/** When a schedule without a time runs first, as the provider has it. */
const DEFAULT_MINUTES = 7;

/** The end of a schedule that has none. */
const NEVER = '9999-12-31T23:59:00Z';

/** A time as Azure Automation keeps it: in whole minutes, UTC. */
function minuteOf(time: number): string {
  return new Date(time - (time % MINUTE_MS)).toISOString().replace('.000Z', 'Z');
}

/** A time as Go prints it. */
function shown(time: string): string {
  return new Date(time)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' +0000 UTC');
}

/** @throws {@link ProviderError} if a schedule would run too soon */
function checkStart(start: string): void {
  if (Date.parse(start) - now() >= LEAST_MINUTES * MINUTE_MS) return;
  throw new ProviderError(
    `\`start_time\` is ${JSON.stringify(shown(start))} and should be at least "${LEAST_MINUTES}m0s" in the future`,
  );
}

/** @throws {@link ProviderError} if the arguments of one frequency are set for another */
function checkFrequency(request: Attributes): void {
  const frequency = text(request, 'frequency');
  const filledIn = (name: string) => Array.isArray(request[name]) && request[name].length > 0;
  if (filledIn('week_days') && frequency !== 'Week')
    throw new ProviderError('`week_days` can only be set when frequency is `Week`');
  if (filledIn('month_days') && frequency !== 'Month')
    throw new ProviderError('`month_days` can only be set when frequency is `Month`');
}

function settled(request: Attributes): Attributes {
  const isOnce = text(request, 'frequency') === 'OneTime';
  return {
    ...filled(request, { expiry_time: NEVER, interval: isOnce ? 0 : 1 }),
    start_time: minuteOf(Date.parse(text(request, 'start_time'))),
  };
}

/** A time at which Azure Automation runs what is joined to it. */
export const automationSchedule: Rules = {
  form: ID_FORMS[SCHEDULE],
  id: (cloud, request) =>
    cloud.id(
      SCHEDULE,
      text(request, 'resource_group_name'),
      text(request, 'automation_account_name'),
      text(request, 'name'),
    ),
  create(cloud, request) {
    const [group, account] = [text(request, 'resource_group_name'), text(request, 'automation_account_name')];
    const start = text(request, 'start_time');
    checkFrequency(request);
    if (start !== '') checkStart(start);
    cloud.requireParent('azurerm_automation_account', SCHEDULE, group, account);
    return settled(filled(request, { start_time: minuteOf(now() + DEFAULT_MINUTES * MINUTE_MS) }));
  },
  update(_cloud, before, request) {
    const start = text(request, 'start_time');
    checkFrequency(request);
    if (start !== text(before.attributes, 'start_time')) checkStart(start);
    return settled(request);
  },
};
