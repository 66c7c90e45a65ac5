const environment = { ...process.env };

/** The test files of a worker share its environment and its globals: what one has changed there is as before for the next. */
afterAll(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  process.env = { ...environment };
});
