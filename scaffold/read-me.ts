import type { ProjectFile } from './project-file';

/** The first commands, each with what it does. */
function commands(environment: string): string {
  const rows = [
    ['npm install', ''],
    ['npx kakehashi validate', 'reads and checks the catalog'],
    [`npx kakehashi apply ${environment} --sandbox --yes`, 'builds it with simulated clouds'],
    [`npx kakehashi doctor ${environment}`, 'what is missing for the real ones'],
    [`npx kakehashi plan ${environment}`, `what would change; writes catalog/${environment}.lock.yml`],
  ] as const;
  const width = Math.max(...rows.map(([command]) => command.length));
  return rows
    .map(([command, purpose]) => (purpose === '' ? command : `${command.padEnd(width)}   # ${purpose}`))
    .join('\n');
}

/** A page for who finds the project: what it is, and the first commands. */
export function readMe(name: string, environment: string, ci: 'github' | 'gitlab' | undefined): ProjectFile {
  const pipelines = {
    github:
      'A pull request gets a review of what it would change; what was reviewed is applied when it is merged (`.github/workflows/`).',
    gitlab:
      'A merge request gets a review of what it would change; what was reviewed is applied when it is merged (`.gitlab-ci.yml`).',
  };
  return {
    path: 'README.md',
    text: `# ${name}

The VPN catalog of this site: \`catalog/${environment}.yml\` says which networks are connected, and
\`kakehashi\` builds them.

\`\`\`sh
${commands(environment)}
\`\`\`

Commit \`catalog/\` with its lock file, \`package.json\` and \`package-lock.json\`.
${ci === undefined ? '' : `\n${pipelines[ci]}\n`}
\`npx kakehashi init\` brings the files that nobody edited up to date, and shows what differs in the others.
`,
  };
}
