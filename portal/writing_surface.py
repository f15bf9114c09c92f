"""How CKEditor stands on an editor's sheet: few buttons, the languages a word may be in, the HTML it may write."""

from typing import Any


def config(static_url: str) -> dict[str, Any]:
    return {
        "toolbar": "Portal",
        "toolbar_Portal": [
            ["Format", "Bold", "Italic", "Subscript", "Superscript", "RemoveFormat"],
            ["NumberedList", "BulletedList", "Blockquote", "Table"],
            ["Link", "Unlink", "Language"],
            ["PortalFigure"],
            ["Undo", "Redo", "Source", "Maximize"],
        ],
        "format_tags": "p;h2;h3",
        "language_list": [
            "vi:Tiếng Việt",
            "en:English",
            "fr:Français",
            "ja:日本語",
            "ko:한국어",
            "zh:中文",
            "lo:ລາວ",
            "km:ខ្មែរ",
        ],
        "allowedContent": (
            "p h2 h3 ul ol li blockquote strong em sub sup br table thead tbody caption tr;"
            "th[scope,colspan,rowspan]; td[colspan,rowspan]; a[!href]; span[!lang,dir]; figure[!data-asset]"
        ),
        "removePlugins": "exportpdf,scayt,wsc,codesnippetgeshi,flash,smiley,about,image,uploadimage,uploadfile",
        "extraPlugins": "portalfigure,language",
        "external_plugin_resources": [
            ("portalfigure", static_url + "portal/ckeditor/portalfigure/", "plugin.js")
        ],
        "versionCheck": False,
        "entities": False,
        "width": "100%",
        "height": 420,
        "contentsCss": [static_url + "portal/css/editor.css"],
    }
