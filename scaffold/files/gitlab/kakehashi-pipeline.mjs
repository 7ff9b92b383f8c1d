// Written by kakehashi init, which keeps it up to date as long as nobody edits it.
// Makes a pipeline of what `kakehashi affected --json` prints: a job an environment, or a part of one. JSON is YAML too.
import { readFileSync } from 'node:fs';

const purpose = process.argv[2];
const { include } = JSON.parse(readFileSync(0, 'utf8'));

if (purpose === 'environments') {
  const names = new Set(include.map(({ environment }) => environment));
  for (const name of names) console.log(name);
} else {
  const jobs = include.map(({ environment, shard }) => [
    `${purpose === 'apply' ? 'apply' : 'plan'} ${environment} ${shard}`,
    {
      extends: purpose === 'apply' ? '.kakehashi-apply-job' : '.kakehashi-plan',
      variables: { ENVIRONMENT: environment, SHARD: shard },
    },
  ]);
  const pipeline = {
    include: [{ local: '.gitlab/kakehashi-jobs.yml' }],
    ...Object.fromEntries(jobs),
    ...(purpose === 'apply'
      ? {}
      : {
          review: {
            extends: '.kakehashi-review-job',
            needs: jobs.map(([name]) => ({ job: name, artifacts: true })),
          },
        }),
  };
  // A pipeline needs a job.
  if (purpose === 'apply' && jobs.length === 0) pipeline['nothing is affected'] = { script: ['true'] };
  console.log(JSON.stringify(pipeline, null, 2));
}
