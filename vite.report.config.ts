import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const PLACE = '<!-- results -->';

/** Builds the page of the HTML report: one file with its script and style in it, and the place of its data. */
export default defineConfig({
  root: fileURLToPath(new URL('reports/html/view/', import.meta.url)),
  logLevel: 'warn',
  build: {
    outDir: fileURLToPath(new URL('dist/reports/html', import.meta.url)),
    emptyOutDir: false,
    target: 'es2022',
    rolldownOptions: { input: fileURLToPath(new URL('reports/html/view/main.tsx', import.meta.url)) },
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  plugins: [onePage()],
});

function onePage(): Plugin {
  return {
    name: 'one-page',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle);
      const script = files.flatMap((file) => (file.type === 'chunk' ? [file.code] : [])).join('');
      const style = files
        .flatMap((file) => (file.fileName.endsWith('.css') && 'source' in file ? [String(file.source)] : []))
        .join('');
      if (/<\/(script|style)/i.test(script + style)) this.error('the script of the page would end itself');
      for (const { fileName } of files) delete bundle[fileName];
      this.emitFile({ type: 'asset', fileName: 'page.html', source: page(script, style) });
    },
  };
}

/** Nothing may be loaded, sent or run but this script and this style. */
function page(script: string, style: string): string {
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Conformance to Amazon Cognito user pools</title>
<style>${style}</style>
</head>
<body>
<div id="page"><noscript>This report needs JavaScript; it loads nothing and sends nothing.</noscript></div>
${PLACE}
<script type="module">${script}</script>
</body>
</html>
`;
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
