const { projects } = require('./jest.config');

/** The tests of one folder, without those that start programs. */
module.exports = {
  ...projects[0],
  testMatch: [`<rootDir>/__tests__/${process.env.MUTATE ?? 'model'}/**/*.test.ts`],
  testPathIgnorePatterns: ['/node_modules/', '/gateway/(live|check)/'],
};
