/* Pictures of the library in the text. The text keeps <figure data-asset="uuid"></figure>, nothing else;
 * thumbnail and caption are shown while writing only. Settings: portalFigurePicker, portalFigureFiles. */
"use strict";

(function () {
  const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

  CKEDITOR.plugins.add("portalfigure", {
    requires: "widget",
    lang: "vi,en",

    onLoad() {
      CKEDITOR.scriptLoader.load(CKEDITOR.getUrl(this.path + "picker.js"));
    },

    init(editor) {
      const files = editor.config.portalFigureFiles || "/files/";
      const picker = editor.config.portalFigurePicker || "/admin/library/asset/picker/";
      const words = editor.lang.portalfigure;
      const path = this.path;

      editor.addContentsCss(CKEDITOR.getUrl(path + "contents.css"));

      editor.widgets.add("portalfigure", {
        pathName: words.figure,
        allowedContent: "figure[!data-asset]",
        requiredContent: "figure[data-asset]",

        upcast(element) {
          if (element.name !== "figure" || !refersToLibrary(element)) {
            return false;
          }
          const uuid = element.attributes["data-asset"];
          const picture = new CKEDITOR.htmlParser.element("img", {
            src: `${files}${uuid}/640.webp`,
            alt: "",
          });
          element.attributes = { "data-asset": uuid };
          element.setHtml("");
          element.add(picture);
          element.add(new CKEDITOR.htmlParser.element("figcaption"));
          return true;
        },

        downcast() {
          return new CKEDITOR.htmlParser.element("figure", { "data-asset": this.data.asset });
        },

        init() {
          this.setData("asset", this.element.data("asset"));
        },

        data() {
          const widget = this;
          const picture = widget.element.findOne("img");
          const caption = widget.element.findOne("figcaption");
          widget.element.data("asset", widget.data.asset);
          picture.setAttribute("src", `${files}${widget.data.asset}/640.webp`);
          describe(picker, widget.data.asset).then((asset) => {
            if (editor.status !== "destroyed" && caption.$.isConnected) {
              caption.setText(asset ? captionOf(asset, languageOf(editor)) : words.gone);
            }
          });
        },

        insert() {
          choose(editor, picker, path, (asset) => {
            editor.insertHtml(`<figure data-asset="${asset.uuid}"></figure>`);
          });
        },

        edit() {
          const widget = this;
          choose(editor, picker, path, (asset) => widget.setData("asset", asset.uuid));
          return false;
        },
      });

      editor.ui.addButton("PortalFigure", {
        label: words.button,
        command: "portalfigure",
        icon: path + "icons/portalfigure.svg",
        toolbar: "insert,10",
      });
    },

    afterInit(editor) {
      editor.dataProcessor.dataFilter.addRules({
        elements: {
          figure(element) {
            return refersToLibrary(element) ? undefined : false; // false leaves the element out
          },
        },
      });
      // Fillers are for blocks a reader would see collapse; an empty figure is a reference and stays empty.
      editor.dataProcessor.htmlFilter.addRules(
        {
          elements: {
            figure(element) {
              if (element.attributes["data-asset"]) {
                element.children.length = 0;
              }
            },
          },
        },
        { priority: 100, applyToAll: true },
      );
    },
  });

  function refersToLibrary(figure) {
    return UUID.test(figure.attributes["data-asset"] || "");
  }

  function choose(editor, picker, path, chosen) {
    if (!CKEDITOR.portalFigurePicker) {
      editor.showNotification(editor.lang.portalfigure.notReady, "warning");
      return;
    }
    CKEDITOR.portalFigurePicker.open({
      address: picker,
      stylesheet: CKEDITOR.getUrl(path + "picker.css"),
      words: editor.lang.portalfigure,
      language: languageOf(editor),
      chosen(asset) {
        editor.focus();
        chosen(asset);
      },
      closed: () => editor.focus(),
    });
  }

  // Of two editors on one page, body_vi and body_en, each shows the captions of its own language.
  function languageOf(editor) {
    const ending = /_(vi|en)$/.exec(editor.name);
    return ending ? ending[1] : editor.langCode === "en" ? "en" : "vi";
  }

  function captionOf(asset, language) {
    const said = asset.words[language];
    return said.caption || said.title || asset.filename;
  }

  const described = new Map();

  function describe(picker, uuid) {
    if (!described.has(uuid)) {
      described.set(
        uuid,
        fetch(`${picker}?asset=${uuid}`, { credentials: "same-origin" })
          .then((answer) => (answer.ok ? answer.json() : { assets: [] }))
          .then((found) => found.assets[0] || null)
          .catch(() => {
            described.delete(uuid);
            return null;
          }),
      );
    }
    return described.get(uuid);
  }
})();
