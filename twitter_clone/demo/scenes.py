"""The landscapes of the demo: colours and what stands in them."""

from twitter_clone.demo.landscapes import Scene

SCENES = {
    "coast": Scene(
        ("#f4b6a6", "#f7d7b7", "#cfe2e0"), ("#8fb0b0", "#2d5360"), sun="#fff7e5", sun_x=0.2, sun_y=0.42,
        horizon=0.48, layers=4, roughness=0.03, water=("#93c2c6", "#2a6777"), boat="#f4efe4",
    ),
    "hills": Scene(
        ("#8fb6e8", "#f3cfc0", "#ffe3b8"), ("#d9a6a0", "#3a3552"), sun="#ffedca", sun_x=0.68, birds=True,
    ),
    "ridge": Scene(
        ("#33204f", "#7d4a86", "#d98a9a"), ("#a85f8e", "#1f1535"), sun="#ffe0c4", sun_x=0.5, sun_y=0.47,
        stars=True, roughness=0.07, rays=True,
    ),
    "dunes": Scene(
        ("#f7d9a6", "#f9c48d", "#f2a978"), ("#e79c66", "#74322f"), sun="#fff4dc", sun_x=0.24, sun_y=0.3,
        roughness=0.05, rays=True,
    ),
    "forest": Scene(
        ("#dfe9e6", "#c3d6d0", "#a9c4bb"), ("#a5c4b9", "#1e3a33"), sun="#f4f8f2", sun_x=0.6, sun_y=0.25,
        sun_size=0.05, firs=True,
    ),
    "night": Scene(
        ("#0c1738", "#1c3270", "#2d4f94"), ("#2a4477", "#131c3c"), sun="#fdf1d4", sun_x=0.34, sun_y=0.28,
        layers=3, roughness=0.02, stars=True, water=("#33508f", "#0b1330"),
    ),
    "stars": Scene(
        ("#070d24", "#14224e", "#38457f"), ("#27315f", "#0a0f24"), sun="#f6efdc", sun_x=0.82, sun_y=0.2,
        sun_size=0.03, horizon=0.62, layers=4, stars=True, firs=True,
    ),
    "town": Scene(
        ("#2b2a5a", "#a0567f", "#f5a86f"), ("#8a4a74", "#221d3f"), sun="#ffd9a0", sun_x=0.75, sun_y=0.52,
        horizon=0.52, layers=3, roughness=0.02, town="#ffd98a",
    ),
    "meadow": Scene(
        ("#7cc0f0", "#a9dbf2", "#d7f0f2"), ("#a9cf93", "#2f6b45"), sun="#fff8d8", sun_x=0.2, sun_y=0.24,
        flowers=("#f6d55c", "#ed8fa8", "#ffffff", "#c58be0"),
    ),
    "snow": Scene(
        ("#9bb9e0", "#c6d6ee", "#eef1f7"), ("#c3d1e6", "#54749c"), sun="#fff7ec", sun_y=0.25, sun_size=0.045,
        firs=True, roughness=0.07,
    ),
    "lake": Scene(
        ("#5aa0d8", "#9ccbea", "#dcedf2"), ("#9dbccb", "#1f4d54"), sun="#fffbe8", sun_x=0.78, sun_y=0.22,
        sun_size=0.05, layers=4, water=("#82bcd4", "#1c5b72"), birds=True,
    ),
    "fog": Scene(
        ("#c9d3d9", "#dde2e3", "#eceae4"), ("#d3dadb", "#8d9da4"), sun="#fbfaf3", sun_x=0.42, sun_y=0.3,
        layers=4, roughness=0.02, water=("#cfd8d9", "#9fb0b5"), boat="#f7f5ee",
    ),
}  # fmt: skip
