import { isJsonMap, type Json } from '../../../../catalog/ground/json';
import { Gathered } from './gathered';
import type { Statement } from './statement';

/**
 * Requests that a simulation judges: actions on one resource, with the same condition keys. Of several resources IAM answers a part that
 * the provider's data source does not have.
 */
export interface Simulation {
  readonly actions: readonly string[];
  /** An ARN without wildcards. @default - the actions are asked for on any resource */
  readonly resource?: string;
  /** Values of condition keys, by key. */
  readonly context: Readonly<Record<string, string>>;
}

/** In the place of what AWS itself gives a name: as long as the end that it gives the name of a secret. */
const ANY = 'AAAAAA';

/** The region to which requests of services without regions go. */
const GLOBAL_REGION = 'us-east-1';

/**
 * The requests that statements allow, one for each value of each condition. Wildcards in an ARN are what is not known before an apply;
 * a simulation takes them for characters, so they become the account, and a name that might be there.
 */
export function simulationsOf(statements: readonly Statement[], account: string): readonly Simulation[] {
  const gathered = new Gathered<Omit<Simulation, 'actions'>>();
  for (const { Action, Resource, Condition } of statements)
    for (const given of contextsOf(Condition))
      for (const arn of Resource) {
        const resource = exampleOf(arn, given, account);
        const region = regionOf(resource);
        const context = { ...(region === '' ? {} : { 'aws:RequestedRegion': region }), ...given };
        for (const action of Action)
          gathered.add({ ...(resource === undefined ? {} : { resource }), context }, action);
      }
  return gathered.all.map(({ key, values }) => ({ ...key, actions: values }));
}

/** The condition keys of statements. */
export function conditionKeys(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(({ Condition }) => contextsOf(Condition)).flatMap((one) => Object.keys(one));
}

type Context = Readonly<Record<string, string>>;

/** Each combination of the values of a condition. */
function contextsOf(condition: Json | undefined): readonly Context[] {
  const operators = isJsonMap(condition) ? Object.values(condition) : [];
  const keys = operators.flatMap((one) => (isJsonMap(one) ? Object.entries(one) : []));
  return keys.reduce<readonly Context[]>(
    (contexts, [key, values]) =>
      contexts.flatMap((context) =>
        [values].flat().map((value) => ({ ...context, [key]: String(value).replace(/\*$/, '') })),
      ),
    [{}],
  );
}

/** An ARN that a pattern matches; undefined for any resource. */
function exampleOf(arn: string, context: Context, account: string): string | undefined {
  if (arn === '*') return undefined;
  const [start, partition, service = '', region = '', owner = '', ...rest] = arn.split(':');
  const name = rest.join(':');
  // AWS's own parameters are of no account.
  const own = name.startsWith('parameter/aws/') ? '' : account;
  return [
    start,
    partition,
    service,
    region === '*' ? GLOBAL_REGION : region,
    owner === '*' ? own : owner,
    nameOf(service, name, context),
  ].join(':');
}

function nameOf(service: string, name: string, { 'iam:AWSServiceName': servant }: Context): string {
  if (servant !== undefined) return name.replace('/*', `/${servant}/${ANY}`);
  // All that is in a log group.
  if (service === 'logs') return name.replace(/\*$/, ':*');
  return name.replaceAll('*', ANY);
}

/** The region to which a request about a resource goes, as far as its ARN tells. */
function regionOf(resource: string | undefined): string {
  const [, , service, region = ''] = resource?.split(':') ?? [];
  return service === 'iam' ? GLOBAL_REGION : region;
}
