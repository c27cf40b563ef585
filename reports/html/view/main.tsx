import { render } from 'preact';
import { App } from './app.tsx';
import { readPage } from './data.ts';
import './style.css';

const place = document.getElementById('page');
if (place === null) throw new Error('the page has no place to show itself');
try {
  const page = await readPage();
  document.title = `${page.columns.map(({ name }) => name).join(', ')}: conformance to Amazon Cognito user pools`;
  render(<App page={page} />, place);
} catch (error) {
  render(
    <p class="problem">This report cannot be shown here: {String(error)}. Open it in a browser of 2023 or later.</p>,
    place,
  );
}
