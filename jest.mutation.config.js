const { projects } = require('./jest.config');

const [room] = (process.env.MUTATE ?? 'model').split('/');

/** The tests of the room, without those that start programs. */
module.exports = {
  ...projects[0],
  testMatch: [`<rootDir>/__tests__/${room}/**/*.test.ts`],
  testPathIgnorePatterns: ['/node_modules/', '/gateway/(live|check)/'],
};
