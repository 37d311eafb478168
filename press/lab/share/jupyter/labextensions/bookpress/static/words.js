// Prose, captions and cells of a notebook with words in the place of MyST's roles. The server says the words
// (bookpress.lab.server); this asks it for each text that JupyterLab draws, and again when a cell has glued other numbers.
"use strict";
(() => {
  const SETTLED = 120; // milliseconds in which texts are gathered for one question
  const KINDS = ["text/markdown", "text/html"];
  const ASKS = /\{[A-Za-z][\w:.+-]*\}|\]\(|\)=|class="myst"/; // what may want words
  let shared;

  const library = async name => (await Object.values(shared[name])[0].get())();

  function plugin(ServerConnection, URLExt) {
    return {
      id: "bookpress:words",
      description: "Shows what MyST's roles stand for.",
      autoStart: true,
      activate: app => {
        const known = new WeakSet();
        const look = () => {
          for (const panel of app.shell.widgets("main")) {
            if (panel.content?.rendermime && panel.context?.model && !known.has(panel)) {
              known.add(panel);
              speak(panel, texts => ask(app.serviceManager.serverSettings, panel, texts));
            }
          }
        };
        // A notebook draws its cells once the server has sent it; by then it has been met here.
        app.shell.layoutModified.connect(look);
        app.shell.currentChanged?.connect(look);
        app.restored.then(look);
      },
    };

    async function ask(settings, panel, texts) {
      const body = JSON.stringify({ path: panel.context.path, outputs: gluedIn(panel), texts });
      const url = URLExt.join(settings.baseUrl, "bookpress/words");
      const answer = await ServerConnection.makeRequest(url, { method: "POST", body }, settings);
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return answer.json();
    }
  }

  // The outputs of a notebook that glue numbers.
  function gluedIn(panel) {
    const found = [];
    for (const cell of panel.content.model?.cells ?? []) {
      for (let at = 0; at < (cell.outputs?.length ?? 0); at++) {
        const { data, metadata } = cell.outputs.get(at);
        if (metadata?.scrapbook) found.push({ data, metadata });
      }
    }
    return found;
  }

  // Have a notebook's texts drawn in words, and again once its cells have glued other numbers.
  function speak(panel, ask) {
    const drawn = new Map(); // renderer to what draws its text again
    let waiting = [];
    const wordsFor = (kind, text) => new Promise((answer, fail) => {
      if (waiting.length === 0) setTimeout(askAll, SETTLED);
      waiting.push({ kind, text, answer, fail });
    });
    async function askAll() {
      const asked = waiting;
      waiting = [];
      try {
        const answers = await ask(asked.map(({ kind, text }) => [kind, text]));
        asked.forEach(({ answer }, at) => answer(answers[at]));
      } catch (error) {
        asked.forEach(({ fail }) => fail(error));
      }
    }

    const { rendermime } = panel.content;
    for (const kind of KINDS) {
      const factory = rendermime.getFactory(kind);
      const createRenderer = options => {
        const renderer = factory.createRenderer(options);
        const draw = renderer.renderModel.bind(renderer);
        renderer.renderModel = async model => {
          const text = String(model.data[kind] ?? "");
          if (!ASKS.test(text)) return draw(model);
          drawn.set(renderer, () => renderer.renderModel(model));
          try {
            return await draw(saying(model, kind, await wordsFor(kind, text)));
          } catch (error) {
            console.warn("bookpress: no words for a text of this notebook", error);
            return draw(model);
          }
        };
        return renderer;
      };
      rendermime.addFactory({ ...factory, createRenderer });
    }

    let timer, before = JSON.stringify(gluedIn(panel));
    panel.context.model.contentChanged.connect(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const now = JSON.stringify(gluedIn(panel));
        if (now === before) return;
        before = now;
        for (const [renderer, draw] of drawn) {
          if (renderer.isDisposed) drawn.delete(renderer);
          else draw();
        }
      }, SETTLED);
    });
  }

  // A model as a renderer takes it, with another text.
  const saying = (model, kind, text) => ({
    data: { ...model.data, [kind]: text },
    metadata: model.metadata,
    trusted: model.trusted,
    setData: given => model.setData(given),
  });

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.bookpress = {
    init: scope => { shared = scope; },
    get: async () => {
      const [{ ServerConnection }, { URLExt }] = await Promise.all(["@jupyterlab/services", "@jupyterlab/coreutils"].map(library));
      return () => plugin(ServerConnection, URLExt);
    },
  };
})();
