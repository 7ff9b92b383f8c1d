import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isJsonMap, type JsonMap } from '../../catalog/ground/json';

/** A statement of a policy, as IAM takes it. */
export interface FakeStatement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Who asks, and what they may do. */
export interface FakePrincipal {
  /** What STS answers. */
  readonly caller: string;
  /** What `iam:GetRole` answers. @default - it is refused */
  readonly role?: string;
  /** The policies by the ARN that a simulation names; any other is no entity. */
  readonly policies: Readonly<Record<string, readonly FakeStatement[]>>;
  /** An error's code, with which STS refuses every request. @default - it answers */
  readonly error?: string;
  /** Whether simulations are refused. @default false */
  readonly refusesSimulation?: boolean;
}

const ACCOUNT = '123456789012';
/** A page of results, so that there are several. */
const PAGE = 20;

/** STS and IAM on this machine, as far as rights are asked for: a simulation evaluates the principal's policies. */
export class FakeIam {
  principal: FakePrincipal = { caller: `arn:aws:iam::${ACCOUNT}:user/ann`, policies: {} };
  /** The actions that were called. */
  readonly called: string[] = [];
  /** The ARNs that simulations were about. */
  readonly resources = new Set<string>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeIam> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const iam = new FakeIam(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const fields = new URLSearchParams(Buffer.concat(chunks).toString());
      const { status, body } = fields.has('Action') ? iam.answer(fields) : bucketAnswer(request.url ?? '');
      response.writeHead(status, { 'Content-Type': 'text/xml' }).end(body);
    });
    return iam;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(fields: URLSearchParams): { readonly status: number; readonly body: string } {
    const { principal } = this;
    const action = fields.get('Action') ?? '';
    this.called.push(action);
    if (principal.error !== undefined) return refusal(principal.error);
    switch (action) {
      case 'GetCallerIdentity':
        return answered(
          action,
          `<Arn>${principal.caller}</Arn><UserId>AIDA</UserId><Account>${ACCOUNT}</Account>`,
        );
      case 'GetRole':
        if (principal.role === undefined) return refusal('AccessDenied');
        return answered(
          action,
          `<Role><Arn>${principal.role}</Arn><RoleName>${fields.get('RoleName')}</RoleName><RoleId>AROA</RoleId><Path>/</Path><CreateDate>2026-01-01T00:00:00Z</CreateDate></Role>`,
        );
      case 'SimulatePrincipalPolicy':
        return this.simulated(fields);
      default:
        return refusal('AccessDenied');
    }
  }

  private simulated(fields: URLSearchParams): { readonly status: number; readonly body: string } {
    const { principal } = this;
    if (principal.refusesSimulation === true) return refusal('AccessDenied');
    const policy = principal.policies[fields.get('PolicySourceArn') ?? ''];
    if (policy === undefined) return refusal('NoSuchEntity', 404);
    const context = new Map<string, string>();
    for (let n = 1; fields.has(`ContextEntries.member.${n}.ContextKeyName`); n += 1)
      context.set(
        fields.get(`ContextEntries.member.${n}.ContextKeyName`) ?? '',
        fields.get(`ContextEntries.member.${n}.ContextKeyValues.member.1`) ?? '',
      );
    const resources = members(fields, 'ResourceArns');
    for (const one of resources) this.resources.add(one);
    const results = resultsOf(policy, members(fields, 'ActionNames'), resources, context).map(resultText);
    const from = Number(fields.get('Marker') ?? 0);
    const page = results.slice(from, from + PAGE).join('');
    const isCut = from + PAGE < results.length;
    const marker = isCut ? `<Marker>${from + PAGE}</Marker>` : '';
    return answered(
      'SimulatePrincipalPolicy',
      `<IsTruncated>${isCut}</IsTruncated>${marker}<EvaluationResults>${page}</EvaluationResults>`,
    );
  }
}

interface FakeRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: ReadonlyMap<string, string>;
  /** Whether a resource was named: then IAM leaves out which keys are missing. */
  readonly isNamed: boolean;
}

/** A bucket with nothing in it. */
function bucketAnswer(url: string) {
  if (/[?&](list-type|prefix)=/.test(url))
    return {
      status: 200,
      body: '<ListBucketResult><Name>states</Name><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>',
    };
  return { status: 404, body: '<Error><Code>NoSuchKey</Code><Message>said by the test</Message></Error>' };
}

/** What the provider's data source of a simulation answers, by the names of its instances. */
export function simulatedAnswers(
  policy: readonly FakeStatement[],
  instances: Readonly<Record<string, JsonMap>>,
): Readonly<Record<string, readonly FakeResult[]>> {
  return Object.fromEntries(
    Object.entries(instances).map(([name, { action_names: actions, resource_arns: arns, context }]) => {
      const entries = [context ?? []].flat().flatMap((one) => (isJsonMap(one) ? [one] : []));
      const values = new Map(entries.map((one) => [String(one.key), String([one.values].flat()[0])]));
      const resources = [arns ?? []].flat().map(String);
      return [name, resultsOf(policy, [actions ?? []].flat().map(String), resources, values)];
    }),
  );
}

function resultsOf(
  policy: readonly FakeStatement[],
  actions: readonly string[],
  resources: readonly string[],
  context: ReadonlyMap<string, string>,
): readonly FakeResult[] {
  return actions.flatMap((action) =>
    (resources.length === 0 ? ['*'] : resources).map((resource) =>
      resultOf(policy, { action, resource, context, isNamed: resources.length > 0 }),
    ),
  );
}

/** One result as the provider has it. */
export interface FakeResult {
  readonly action_name: string;
  readonly resource_arn: string;
  readonly allowed: boolean;
  readonly decision: string;
  readonly missing_context_keys: readonly string[];
}

function resultText({ action_name, resource_arn, decision, missing_context_keys }: FakeResult): string {
  const list = missing_context_keys.map((key) => `<member>${key}</member>`).join('');
  return `<member><EvalActionName>${action_name}</EvalActionName><EvalResourceName>${resource_arn}</EvalResourceName><EvalDecision>${decision}</EvalDecision><MissingContextValues>${list}</MissingContextValues></member>`;
}

function resultOf(policy: readonly FakeStatement[], asked: FakeRequest): FakeResult {
  const matching = policy.filter((statement) => matches(statement, asked));
  const isDenied = matching.some(({ Effect }) => Effect === 'Deny');
  const decision = isDenied ? 'explicitDeny' : matching.length > 0 ? 'allowed' : 'implicitDeny';
  const keys = new Set(policy.flatMap(({ Condition }) => conditionsOf(Condition).map(([key]) => key)));
  const missing = asked.isNamed ? [] : [...keys].filter((key) => !asked.context.has(key));
  return {
    action_name: asked.action,
    resource_arn: asked.resource,
    allowed: decision === 'allowed',
    decision,
    missing_context_keys: missing,
  };
}

function matches({ Action, Resource, Condition }: FakeStatement, asked: FakeRequest): boolean {
  return (
    Action.some((one) => isLike(one, asked.action)) &&
    Resource.some((one) => isLike(one, asked.resource)) &&
    conditionsOf(Condition).every(([key, values]) => {
      const value = asked.context.get(key);
      return value !== undefined && values.some((one) => isLike(one, value));
    })
  );
}

function conditionsOf(
  condition: FakeStatement['Condition'],
): readonly (readonly [string, readonly string[]])[] {
  return Object.values(condition ?? {}).flatMap((keys) =>
    Object.entries(keys).map(([key, values]) => [key, [values].flat()] as const),
  );
}

function isLike(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

function members(fields: URLSearchParams, name: string): readonly string[] {
  const found: string[] = [];
  for (let n = 1; fields.has(`${name}.member.${n}`); n += 1)
    found.push(fields.get(`${name}.member.${n}`) ?? '');
  return found;
}

function answered(action: string, result: string) {
  return {
    status: 200,
    body: `<${action}Response><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`,
  };
}

function refusal(code: string, status = 403) {
  return {
    status,
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>said by the test</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  };
}
