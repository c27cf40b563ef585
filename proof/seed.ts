/**
 * Random for every run, and told by fast-check when a property fails: `PROOF_SEED=1234 npm run test:proof` draws the
 * same again.
 */
export const seed = Number(process.env['PROOF_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
