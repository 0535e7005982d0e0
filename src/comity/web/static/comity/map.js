// Draws the map of who cooperates with whom: land, regions as points, agreements as arcs.
(function () {
  // On a narrow frame fewer units, so that names stay readable.
  const WIDE = { width: 860, height: 430, pad: 46 }, NARROW = { width: 360, height: 330, pad: 30 };

  function projectionFor(points, { width, height, pad }) {
    const places = { type: "MultiPoint", coordinates: points.map((p) => p.at) };
    const lon = d3.extent(points, (p) => p.at[0]), lat = d3.extent(points, (p) => p.at[1]);
    const wide = lon[1] - lon[0] > 200;
    const projection = wide ? d3.geoEqualEarth()
      : d3.geoConicEqualArea().parallels([lat[0] + 0.01, Math.max(lat[1], lat[0] + 4)])
        .rotate([-(lon[0] + lon[1]) / 2, 0]);
    if (points.length > 1) projection.fitExtent([[pad, pad], [width - pad, height - pad]], places);
    else projection.scale(2000).center([0, points[0].at[1]]).translate([width / 2, height / 2]);
    if (projection.scale() > 4000) {
      const middle = d3.geoCentroid(places);
      projection.scale(4000).translate([0, 0]);
      const [x, y] = projection(middle);
      projection.translate([width / 2 - x, height / 2 - y]);
    }
    return projection.clipExtent([[-20, -20], [width + 20, height + 20]]);
  }

  function bend([x1, y1], [x2, y2]) {
    const dx = x2 - x1, dy = y2 - y1, side = dx < 0 ? -1 : 1;
    return `M${x1},${y1}Q${(x1 + x2) / 2 + dy * 0.18 * side},${(y1 + y2) / 2 - dx * 0.18 * side} ${x2},${y2}`;
  }

  function labels(points, xy, right) {
    const taken = [];
    return [...points].sort((a, b) => b.weight - a.weight).slice(0, 14).flatMap((point) => {
      const [x, y] = xy.get(point.id), width = point.name.length * 6.6;
      const end = x + width + 12 > right;
      if (end && x - width < 8) return [];
      const box = [end ? x - width - 8 : x + 8, y - 9, end ? x - 8 : x + width + 8, y + 7];
      if (taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1])) return [];
      taken.push(box);
      return [{ point, x: end ? x - 8 : x + 8, y: y + 4, end }];
    });
  }

  function draw(frame, land, data) {
    const size = frame.clientWidth < 520 ? NARROW : WIDE;
    const projection = projectionFor(data.points, size);
    const xy = new Map(data.points.map((p) => [p.id, projection(p.at)]));
    const heaviest = d3.max(data.arcs, (a) => a.weight) || 1;
    const svg = d3.create("svg").attr("class", "map").attr("viewBox", `0 0 ${size.width} ${size.height}`)
      .attr("role", "img").attr("aria-label", frame.dataset.label);
    svg.append("path").attr("class", "land").attr("d", d3.geoPath(projection)(land));
    svg.append("g").selectAll("path").data(data.arcs).join("path").attr("class", "arc")
      .attr("stroke-width", (a) => 1 + 3 * Math.sqrt((a.weight - 1) / heaviest))
      .attr("d", (a) => bend(xy.get(a.from), xy.get(a.to)));
    svg.append("g").selectAll("circle").data(data.points).join("circle").attr("class", "pt")
      .attr("cx", (p) => xy.get(p.id)[0]).attr("cy", (p) => xy.get(p.id)[1]).attr("r", 3.8)
      .append("title").text((p) => `${p.name}: ${p.weight}`);
    svg.append("g").selectAll("text").data(labels(data.points, xy, size.width)).join("text")
      .attr("x", (l) => l.x).attr("y", (l) => l.y).attr("text-anchor", (l) => (l.end ? "end" : "start"))
      .text((l) => l.point.name);
    frame.replaceChildren(svg.node());
  }

  let land;
  async function start(root) {
    const frame = root.querySelector("[data-map]");
    if (!frame) return;
    land = land || fetch(frame.dataset.land).then((r) => r.json()).then((t) => topojson.feature(t, t.objects.land));
    draw(frame, await land, JSON.parse(document.getElementById(frame.dataset.map).textContent));
  }
  document.addEventListener("DOMContentLoaded", () => start(document));
  document.addEventListener("htmx:afterSwap", (event) => start(event.target));
})();
