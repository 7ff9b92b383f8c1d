/*
 * Mutation tests, one folder at a time: MUTATE=model npm run mutate, MUTATE=catalog/site npm run mutate. They take up to an hour
 * and a half for a folder, so they are no part of CI. Tests that start other programs are left out.
 */
const folder = process.env.MUTATE ?? 'model';

module.exports = {
  mutate: [`${folder}/**/*.ts`],
  testRunner: 'jest',
  jest: { configFile: 'jest.mutation.config.js' },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  incremental: true,
  incrementalFile: `out/mutation/${folder.replaceAll('/', '-')}.json`,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: true },
  tempDirName: 'out/mutation/tmp',
  ignorePatterns: ['/out', '/dist', '/cdktf.out*', '/sandbox.out'],
  timeoutMS: 20_000,
  concurrency: 2,
};
