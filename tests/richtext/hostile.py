"""Scraps of markup thrown together as no editor would, but a paste or an attacker might."""

from hypothesis import strategies as st

ASSET = "6f9619ff-8b86-4011-b42d-00c04fc964ff"

SCRAPS = """
<p> </p> <h1> <h3/class=x> </h3> <div> </div> <b> </b> <em> </em> <a/href=/x>
<a/href='http://é.vn/?a=1&b'> </a> <a/href=javascript:x> <a/href=http://xn--0/> <span/lang=fr>
<span/lang=EN-US> </span> <sub> <sup> </sup> <ul> </ul> <ol/start=3> </ol> <li> </li> <ul><li>
<blockquote/lang=en> </blockquote> <table> <table><tr><td> <tr> <caption> <thead> </thead> </tr>
<td> <th/scope=row/colspan=2> </td> </table> <br> <hr> <script> </script> <svg> </svg> <figure>
</figure> <!-- --> <![endif]> <o:p> &nbsp; &lt; &amp; & < > " ' một Ðảng ệ a · <xmp> <plaintext>
<p/class=MsoX> <p/lang=vi>
"""
ODD = [
    " ",
    "\n",
    "\u0338",
    "\u0301",
    "\u200d",
    "\u200b",
    "\x00",
    "\ud800",
    "\u0085",
    "\u2028",
    "\ufffe",
    "\u00a0",
]
ODD += ["<![if !supportLists]>", f"<figure data-asset={ASSET}>"]
HTML = st.lists(st.sampled_from(SCRAPS.split() + ODD) | st.text(max_size=6), max_size=40).map("".join)
