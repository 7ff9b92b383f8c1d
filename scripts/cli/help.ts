import path from 'node:path';
import type { Command } from 'commander';
import { shownPath } from '../../base/files';
import { wrapLines } from '../../base/screen';

/** What the help of a command says beside its options. */
interface CommandHelp {
  /** Command lines without `kakehashi`, each with what it does. */
  readonly examples: readonly (readonly [command: string, purpose: string])[];
  /** Exit codes that mean something else than for other commands. */
  readonly exits?: string;
  /** The page of docs/ that describes it. */
  readonly page:
    | 'catalog'
    | 'deploy'
    | 'draw'
    | 'drift'
    | 'gateway'
    | 'import'
    | 'nodes'
    | 'policy'
    | 'review'
    | 'sandbox'
    | 'start'
    | 'vault';
}

const HELP: Readonly<Record<string, CommandHelp>> = {
  kakehashi: {
    examples: [
      ['validate path/to/vpn_catalog.yml', "checks any controller's catalog"],
      ['apply dev --sandbox --yes', 'builds an environment with simulated clouds'],
      ['plan dev', 'shows what would change, and changes nothing'],
    ],
    page: 'start',
  },
  init: {
    examples: [
      ['init', 'asks six questions, and begins'],
      ['init --yes', 'takes examples for all answers'],
      ['init --from config/vpn_catalog.yml', "takes a controller's catalog over"],
      ['init --ci github --set state_bucket=NAME', 'adds pipelines, or answers'],
      ['init --dry-run', 'shows what would be written'],
    ],
    exits: '2 something would be written (--dry-run)',
    page: 'start',
  },
  validate: {
    examples: [
      ['validate', 'checks all environments of the folder'],
      ['validate dev prod', 'checks two of them'],
      ['validate path/to/vpn_catalog.yml', 'checks any file'],
      ['validate cdktf.out/stacks/app/cdk.tf.json', 'judges a configuration of another app by the rules'],
    ],
    exits: '0 valid, 1 not valid, 5 refused by policy.floor',
    page: 'catalog',
  },
  draw: {
    examples: [
      ['draw dev --out dev.svg', 'draws one environment'],
      ['draw --out networks.svg', 'draws all environments of the folder together'],
      ['draw dev --plan --out plan.svg', 'marks what the saved plans do'],
      ['draw dev --format mermaid', 'prints a diagram that GitHub and GitLab draw'],
    ],
    page: 'draw',
  },
  explain: {
    examples: [
      ['explain', 'lists all rules'],
      ['explain KKH-VPN-02', 'says what it wants, why, and how to make it hold'],
    ],
    page: 'policy',
  },
  synth: { examples: [['synth dev', 'writes cdktf.out.dev/']], page: 'deploy' },
  plan: {
    examples: [
      ['plan dev', 'plans all stacks of dev'],
      ['plan --all', 'plans all environments of the folder'],
      ["plan dev --stack 'dev-*-default'", 'plans some of them'],
      ['plan dev --full', 'with old and new values and all differences of files'],
      ['plan dev --frozen --json', 'for CI: changes no file that is committed'],
      ['plan dev --frozen --shard 2/5 --export records', 'plans a part on one of five machines, for review'],
    ],
    exits: '0 no changes, 2 changes or stacks that wait for others',
    page: 'deploy',
  },
  show: {
    examples: [
      ['show dev', 'shows what the last plan said'],
      ['show dev --full', 'the same with old and new values'],
    ],
    page: 'deploy',
  },
  apply: {
    examples: [
      ['apply dev', 'shows the plan, asks, and applies it'],
      ['apply dev prod', 'shows the plans of both, and asks once'],
      ['apply dev --yes', 'applies it without asking'],
      ['apply dev --reviewed records/', 'applies only what these review records say'],
      ['apply dev --sandbox --yes', 'the same with simulated clouds'],
    ],
    exits: '2 stacks wait for a review or another part, 5 refused without a review',
    page: 'deploy',
  },
  affected: {
    examples: [
      ['affected', 'compares with where the branch left the default branch'],
      ['affected --base HEAD~1', 'compares with another commit'],
      ['affected --json --shard-size 50', 'prints the matrix of a CI system, in parts of about 50 stacks'],
    ],
    page: 'deploy',
  },
  review: {
    examples: [
      ['review dev', 'shows the review of the last plan of dev'],
      ['review ./records', 'the same of the records of several machines'],
      ['review ./records --out review.md --out review.html', 'writes it in two formats'],
      ['review dev --format json', 'prints it for a program'],
    ],
    exits: '0 nothing to review, 2 changes, 5 refused by policy, 1 not the whole',
    page: 'review',
  },
  drift: {
    examples: [
      ['drift', 'looks at all environments of the folder'],
      ['drift dev --out drift.html', 'looks at one, and writes a page'],
      ['drift --export drift/ --previous last/', 'for CI, with the reports of the last run'],
    ],
    exits: '0 no drift, 4 drift, 1 something could not be read',
    page: 'drift',
  },
  entries: {
    examples: [
      ['entries dev', 'prints them on stdout'],
      ['entries dev --out vpn_catalog.yml', 'replaces them in a file and keeps its comments'],
    ],
    page: 'deploy',
  },
  destroy: { examples: [['destroy dev', "asks for the environment's name first"]], page: 'deploy' },
  import: {
    examples: [
      ['import dev --state old/terraform.tfstate --dry-run', 'shows what it would do'],
      ['import dev --state old/terraform.tfstate', 'does it, after one question'],
      ['import dev --state - < pulled.tfstate', 'reads what terraform state pull printed'],
      ['import dev --region REGION --id vpc=vpc-1', 'finds the network in the cloud, without a state'],
    ],
    exits: '2 something is to be imported (--dry-run)',
    page: 'import',
  },
  gateway: {
    examples: [
      ['gateway', 'writes the files of all gateway hosts'],
      ['gateway dev --diff', 'shows what would change, and writes nothing'],
      ['gateway dev --check', "checks them with the daemons' own parsers"],
    ],
    exits: '2 the folder would change (--diff)',
    page: 'gateway',
  },
  list: {
    examples: [
      ['list', 'lists all environments of the folder'],
      ['list dev --json', 'lists one, as an event for each stack'],
    ],
    page: 'deploy',
  },
  'gateway rotate': {
    examples: [['gateway rotate dev aws/default --tunnel 169.254.100.0/30', 'gives this tunnel a new key']],
    page: 'gateway',
  },
  schema: {
    examples: [
      ['schema', 'writes catalog/catalog.schema.json'],
      ['schema --out -', 'prints it on stdout'],
    ],
    page: 'catalog',
  },
  status: { examples: [['status dev', 'shows each tunnel']], page: 'gateway' },
  nodes: {
    examples: [
      ['nodes dev', 'shows groups and nodes'],
      ['nodes dev workers --refresh', 'asks the cloud for the nodes of one group'],
      ['nodes dev --wait', 'waits until sshd answers on all nodes'],
      ['nodes dev workers --new-image', 'replaces nodes by ones of the newest image'],
    ],
    exits: '1 a node does not answer in time (--wait)',
    page: 'nodes',
  },
  'nodes ssh-config': {
    examples: [
      ['nodes ssh-config dev', 'writes out/dev/ssh/nodes.config'],
      ['nodes ssh-config dev --jump ann@10.0.2.9', 'with a jump host'],
    ],
    exits: "1 a node's host key could not be read",
    page: 'nodes',
  },
  'nodes cleanup': {
    examples: [['nodes cleanup dev handson102_0', "asks for the UnitGroup's name first"]],
    page: 'nodes',
  },
  renew: {
    examples: [
      ['renew dev workers', 'shows the plan, asks, and restarts the lease'],
      ['renew dev workers --lease 2h', 'only if the catalog says the same'],
    ],
    page: 'nodes',
  },
  doctor: {
    examples: [
      ['doctor dev', 'checks what an apply needs'],
      ['doctor dev --sandbox', 'checks what the sandbox needs'],
      ['doctor dev --for drift', 'prints the smallest rights for a purpose, and what the credentials lack'],
    ],
    page: 'deploy',
  },
  sandbox: {
    examples: [
      ["sandbox -- npx cdktf deploy '*'", 'runs a command with simulated providers'],
      ['sandbox list', 'lists the simulated objects'],
    ],
    exits: 'those of the command that it runs',
    page: 'sandbox',
  },
  'sandbox serve': {
    examples: [['sandbox serve > attach.sh', 'then, in another shell: . ./attach.sh']],
    page: 'sandbox',
  },
  'sandbox list': {
    examples: [
      ['sandbox list --json', 'with all attributes'],
      ['sandbox list --orphans', 'what a killed apply left'],
    ],
    page: 'sandbox',
  },
  'sandbox edit': {
    examples: [['sandbox edit TYPE ID description=changed', 'makes drift']],
    page: 'sandbox',
  },
  'sandbox vault': {
    examples: [['sandbox vault --root-token root', 'serves a Vault on 127.0.0.1:8200']],
    page: 'sandbox',
  },
  'sandbox reset': { examples: [['sandbox reset', 'begins anew']], page: 'sandbox' },
  secret: {
    examples: [
      ['secret put vault://secret/aws/access_key', 'asks for the value, and stores it'],
      ['secret list vault://secret', 'lists names'],
    ],
    page: 'vault',
  },
  'secret put': {
    examples: [['secret put vault://secret/aws/access_key < key.txt', 'stores what stdin holds']],
    page: 'vault',
  },
  'secret get': {
    examples: [['secret get vault://secret/aws/access_key | wc -c', 'prints the value into a pipe']],
    page: 'vault',
  },
  'secret list': { examples: [['secret list vault://secret/aws', 'lists names, no values']], page: 'vault' },
  'secret rm': { examples: [['secret rm vault://secret/aws/access_key', 'asks first']], page: 'vault' },
  token: { examples: [['token create ann --env dev', 'creates a token of the user ann']], page: 'vault' },
  'token create': {
    examples: [['token create ann --env dev --api readonly', 'a token that only reads']],
    page: 'vault',
  },
  'token list': { examples: [['token list --env dev', 'lists them by accessor']], page: 'vault' },
  'token revoke': {
    examples: [['token revoke --user ann --env dev', "revokes ann's tokens"]],
    page: 'vault',
  },
  'token secret-id': {
    examples: [['token secret-id ci --env dev', 'a secret id for CI, shown once']],
    page: 'vault',
  },
  completion: { examples: [['completion bash', 'eval "$(kakehashi completion bash)"']], page: 'deploy' },
};

const EXITS = '0 done, 1 failed, 3 not confirmed, 64 wrong arguments, 130 interrupted';

/** Adds to the help of a command, and of all below it: examples, exit codes, the page, and where the global options are. */
export function addHelpTexts(command: Command): void {
  const name = fullName(command);
  const help = HELP[name];
  const isRoot = command.parent === null;
  if (help !== undefined)
    command.addHelpText('after', ({ command: shown }) =>
      helpText(help, isRoot, shown.configureHelp().helpWidth),
    );
  for (const below of command.commands) addHelpTexts(below);
}

/** The commands that have a text, without the program's name; `kakehashi` for the program itself. */
export const HELPED_COMMANDS: readonly string[] = Object.keys(HELP);

/** `gateway rotate`; for the program itself `kakehashi`. */
export function fullName(command: Command): string {
  const { parent } = command;
  if (parent === null) return 'kakehashi';
  return parent.parent === null ? command.name() : `${fullName(parent)} ${command.name()}`;
}

function helpText({ examples, exits, page }: CommandHelp, isRoot: boolean, width = 80): string {
  const column = Math.max(...examples.map(([command]) => command.length));
  const isBeside = examples.every(([, purpose]) => 15 + column + purpose.length <= width);
  // A command is never broken, because it is copied.
  const shown = examples.map(([command, purpose]) =>
    isBeside
      ? `  kakehashi ${command.padEnd(column)}   ${purpose}`
      : `  kakehashi ${command}\n${wrapLines(`      ${purpose}`, width)}`,
  );
  const facts = [
    `Exit codes:  ${exits === undefined ? '' : `${exits}; else `}${EXITS}`,
    ...(isRoot ? [] : ['Global options:  kakehashi --help']),
    `Page:  ${shownPath(path.join(__dirname, '../../../docs', `${page}.md`))}`,
  ];
  return ['', 'Examples:', ...shown, '', ...facts.map((fact) => wrapLines(fact, width))].join('\n');
}
