const { availableParallelism } = require('node:os');

/** Packages that are ES modules alone, and what they import. */
const ES_MODULES = '(@octokit|before-after-hook|content-type|json-with-bigint|universal-user-agent)/';

const COMMONJS = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
};

const shared = {
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/cdktf.out', '<rootDir>/sandbox.out/'],
  setupFiles: ['<rootDir>/__tests__/support/setup.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', COMMONJS],
    [`node_modules/${ES_MODULES}.+\\.m?js$`]: ['@swc/jest', COMMONJS],
  },
  transformIgnorePatterns: [`/node_modules/(?!${ES_MODULES})`],
};

/** @type {import('jest').Config} */
module.exports = {
  // Much of it waits for other programs: three workers for two cores, where Jest would leave one core out.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testSequencer: '<rootDir>/__tests__/support/run/longest-first.cjs',
  globalSetup: '<rootDir>/__tests__/support/run/before-all-files.ts',
  globalTeardown: '<rootDir>/__tests__/support/run/after-all-files.ts',
  projects: [
    { ...shared, displayName: 'cdktf', testMatch: ['<rootDir>/__tests__/**/*.test.ts'] },
    {
      // cdktf is archived: the same constructs and stacks on its fork, so that the switch stays one line.
      ...shared,
      displayName: 'cdktn',
      testMatch: ['<rootDir>/__tests__/{constructs,stacks}/**/*.test.ts'],
      // What they compare, or run, is above cdktf: once is enough.
      testPathIgnorePatterns: [
        '/node_modules/',
        'stacks/(valid-catalogs|same-|schema-acceptance|kinds/.*-lease)',
      ],
      moduleNameMapper: { '^cdktf$': 'cdktn', '^cdktf/(.*)$': 'cdktn/$1' },
    },
  ],
};
